import type { ApiModel, MessageModel } from "./api-model.ts";

/** The part of a model that some packages make up, with the messages and enums that they reach. */
export function selectPackages(model: ApiModel, packages: readonly string[]): ApiModel {
  const chosen = new Set(packages);
  const messages = new Map(model.messages.map((message) => [message.typeName, message]));
  const keep = new Set<string>();
  const visit = (typeName: string): void => {
    if (keep.has(typeName)) return;
    keep.add(typeName);
    for (const field of messages.get(typeName)?.fields ?? []) {
      if (field.type.kind !== "scalar") visit(field.type.typeName);
    }
  };
  const services = model.services.filter((service) => chosen.has(service.package));
  for (const type of [...model.messages, ...model.enums]) if (chosen.has(type.package)) visit(type.typeName);
  for (const method of services.flatMap((service) => service.methods)) {
    visit(method.input);
    visit(method.output);
  }
  const enums = model.enums.filter((type) => keep.has(type.typeName));
  const errorValues = new Set(enums.flatMap((type) => type.values.map((value) => value.name)));
  const { eventMessage, ...rest } = model;
  const hasEvents = eventMessage !== undefined && keep.has(eventMessage);
  return {
    ...rest,
    packages: model.packages.filter((name) => chosen.has(name)),
    annotated: model.annotated.filter((name) => chosen.has(name)),
    services,
    messages: model.messages.filter((message) => keep.has(message.typeName)),
    enums,
    ...(hasEvents ? { eventMessage } : {}),
    events: hasEvents ? model.events : [],
    errors: model.errors.filter((error) => errorValues.has(error.name)),
  };
}

/** Looks up messages by type name. */
export function messageIndex(model: ApiModel): ReadonlyMap<string, MessageModel> {
  return new Map(model.messages.map((message) => [message.typeName, message]));
}
