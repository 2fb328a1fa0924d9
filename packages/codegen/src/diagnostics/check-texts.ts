import type { ElementModel } from "../model/api-model.ts";
import { type Check, errorAt } from "./diagnostic.ts";

/** Chinese text wherever the schema is annotated; requests and responses take their rpc's text (NK301). */
export const checkTexts: Check = (model) => {
  const annotated = new Set(model.annotated);
  const elements: readonly (readonly [ElementModel, string, string])[] = [
    ...model.services.flatMap((service) =>
      annotated.has(service.package)
        ? [
            [service, service.typeName, "service"] as const,
            ...service.methods.map((method) => [method, method.rpcName, "method"] as const),
          ]
        : [],
    ),
    ...model.messages.flatMap((message) =>
      annotated.has(message.package)
        ? [
            ...(message.role === "data" ? [[message, message.typeName, "message"] as const] : []),
            ...message.fields.map(
              (field) => [field, `${message.typeName}.${field.name}`, field.listener ? "listener" : "field"] as const,
            ),
          ]
        : [],
    ),
    ...model.enums.flatMap((type) =>
      annotated.has(type.package)
        ? [[type, type.typeName, "enum"] as const, ...type.values.map((value) => [value, value.name, "value"] as const)]
        : [],
    ),
  ];
  return elements
    .filter(([element]) => element.text.zh === "")
    .map(([element, name, option]) =>
      errorAt(element, "NK301", `${name} has no Chinese text.`, `Add \`(nimkit.options.v1.${option}).zh\`.`),
    );
};
