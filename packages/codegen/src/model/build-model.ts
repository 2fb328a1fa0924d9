import { createFileRegistry, type DescEnum, type DescFile, type DescMessage } from "@bufbuild/protobuf";
import { nestedTypes } from "@bufbuild/protobuf/reflect";
import type { FileDescriptorSet } from "@bufbuild/protobuf/wkt";

import { type MessageNames, messageNames, serviceKeys } from "../names.ts";
import type { ApiModel, EnumModel, ErrorModel, EventModel, MessageModel, ServiceModel } from "./api-model.ts";
import type { BuildContext } from "./build-field.ts";
import { buildEnum, buildMessage, buildService } from "./build-types.ts";
import { HELPER_PACKAGES, OPTIONS_PACKAGE } from "./options.ts";
import { createSourceIndex } from "./source-index.ts";

/** How to build a model. */
export interface BuildModelOptions {
  /** Packages to take; default: all but those that describe other schemas. */
  readonly packages?: readonly string[];
  /** Put in front of file names in positions: the input folder. */
  readonly root?: string;
}

/** Builds the model from compiled descriptors with source info; the only code that reads descriptors and options. */
export function buildModel(set: FileDescriptorSet, options: BuildModelOptions = {}): ApiModel {
  const registry = createFileRegistry(set);
  const files = [...registry.files].sort((a, b) => compare(a.proto.name, b.proto.name));
  const wanted = options.packages;
  const own = files.filter((file) =>
    wanted ? wanted.includes(file.proto.package) : !HELPER_PACKAGES.includes(file.proto.package),
  );
  const contexts = new Map<DescFile, { names: MessageNames; context: BuildContext }>();
  const contextOf = (file: DescFile) => {
    let entry = contexts.get(file);
    if (!entry) {
      entry = {
        names: messageNames(file),
        context: { registry, source: createSourceIndex(file.proto, options.root ?? "") },
      };
      contexts.set(file, entry);
    }
    return entry;
  };

  const descServices = own.flatMap((file) => file.services);
  const keys = serviceKeys(descServices);
  const services = descServices.map((service): ServiceModel => {
    const { names, context } = contextOf(service.file);
    return buildService(service, keys.get(service.typeName) ?? service.name, names, context);
  });

  const messages: MessageModel[] = [];
  const enums: EnumModel[] = [];
  const errors: ErrorModel[] = [];
  const roleOf = createRoles(services, own);
  for (const type of reachableTypes(own)) {
    const { names, context } = contextOf(type.file);
    if (type.kind === "message") {
      messages.push({ ...buildMessage(type, names, context), role: roleOf(type.typeName) });
    } else {
      const built = buildEnum(type, names, context);
      enums.push(built.model);
      errors.push(...built.errors);
    }
  }
  errors.sort((a, b) => a.number - b.number);
  const eventMessage = messages.find((message) => message.fields.some((field) => field.listener));
  return {
    packages: [...new Set(own.map((file) => file.proto.package))].sort(compare),
    annotated: [...new Set(own.filter(importsOptions).map((file) => file.proto.package))].sort(compare),
    services,
    messages,
    enums,
    ...(eventMessage ? { eventMessage: eventMessage.typeName } : {}),
    events: eventMessage ? eventArms(eventMessage) : [],
    errors,
  };
}

function importsOptions(file: DescFile): boolean {
  return file.dependencies.some((dependency) => dependency.proto.package === OPTIONS_PACKAGE);
}

function eventArms(message: MessageModel): readonly EventModel[] {
  const oneof = message.fields.find((field) => field.listener)?.oneof;
  return message.fields.flatMap((field) => {
    if (field.oneof !== oneof || field.type.kind !== "message") return [];
    const { name, source, text, deprecated, localName, listener } = field;
    return [
      { name, source, text, deprecated, localName, message: field.type.typeName, ...(listener ? { listener } : {}) },
    ];
  });
}

/** All messages and enums of the files, then those of other files that they use, by name. */
function reachableTypes(files: readonly DescFile[]): readonly (DescMessage | DescEnum)[] {
  const own = new Map<string, DescMessage | DescEnum>();
  for (const file of files) {
    for (const type of nestedTypes(file)) {
      if (type.kind === "message" || type.kind === "enum") own.set(type.typeName, type);
    }
  }
  const others = new Map<string, DescMessage | DescEnum>();
  const visit = (type: DescMessage | DescEnum): void => {
    if (own.has(type.typeName) || others.has(type.typeName)) return;
    others.set(type.typeName, type);
    if (type.kind === "message") visitFields(type);
  };
  const visitFields = (message: DescMessage): void => {
    // A Struct is shown as a plain JSON object: what it consists of is nobody's business.
    if (message.typeName === "google.protobuf.Struct") return;
    for (const field of message.fields) {
      const used = field.message ?? field.enum;
      if (used) visit(used);
    }
  };
  for (const type of own.values()) if (type.kind === "message") visitFields(type);
  for (const method of files.flatMap((file) => file.services).flatMap((service) => service.methods)) {
    visit(method.input);
    visit(method.output);
  }
  return [...own.values(), ...[...others.values()].sort((a, b) => compare(a.typeName, b.typeName))];
}

function createRoles(
  services: readonly ServiceModel[],
  files: readonly DescFile[],
): (typeName: string) => MessageModel["role"] {
  const methods = services.flatMap((service) => service.methods);
  const inputs = new Set(methods.map((method) => method.input));
  const outputs = new Set(methods.map((method) => method.output));
  const used = new Set<string>();
  for (const file of files) {
    for (const type of nestedTypes(file)) {
      if (type.kind !== "message") continue;
      for (const field of type.fields) if (field.message) used.add(field.message.typeName);
    }
  }
  return (typeName) => {
    if (used.has(typeName) || inputs.has(typeName) === outputs.has(typeName)) return "data";
    return inputs.has(typeName) ? "request" : "response";
  };
}

/** Code-unit order: the same on every machine. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
