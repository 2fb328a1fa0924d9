import {
  type MethodSignatureStructure,
  type OptionalKind,
  type PropertySignatureStructure,
  StructureKind,
} from "ts-morph";

import type { ApiModel, FieldModel, MessageModel, PlatformName } from "../model/api-model.ts";
import { enumDiffers, type ModuleEntryModel, moduleEntries, moduleView } from "../model/module-view.ts";
import { messageIndex } from "../model/select-packages.ts";
import { propertyKey, upperCamel } from "../names.ts";
import { docs } from "../print/comments.ts";
import { stringLiteral } from "../print/literal.ts";
import type { GeneratedFile } from "../print/output.ts";
import type { Emitter } from "./emitter.ts";

/** Writes `module-types.ts`: the callback module as an interface. */
export const emitModuleTypes: Emitter = (model, out) => {
  const entries = moduleEntries(model);
  if (entries.length === 0) return;
  const file = out.file("module-types.ts");
  const api = file.names.claim(`${out.prefix}Module`);
  const error = file.names.claim(`${out.prefix}ModuleError`);
  const types = createModuleTypes(model, file);
  file.add({
    kind: StructureKind.Interface,
    isExported: true,
    name: error,
    docs: docs(["What a callback gets as its second argument when a call fails."]),
    properties: [
      { name: "errorCode", type: "number", isReadonly: true, docs: docs(["Number of the error code."]) },
      { name: "errorMessage", type: "string", isReadonly: true, docs: docs(["Text of the error."]) },
    ],
  });
  const methods = entries.map((entry) => signature(entry, types, error, model));
  file.add({
    kind: StructureKind.Interface,
    isExported: true,
    name: api,
    docs: docs([`The callback module, as \`api.require('${out.prefix.toLowerCase()}')\` gives it.`]),
    methods,
  });
};

interface ModuleTypes {
  /** Writes an interface for a message of an entry and gives its name; undefined if it has no fields. */
  entry(
    name: string,
    doc: string,
    message: MessageModel,
    options: { status: boolean; input: boolean },
  ): { name: string; optional: boolean } | undefined;
  /** The type of the only field of a message. */
  single(message: MessageModel): string;
}

function createModuleTypes(model: ApiModel, file: GeneratedFile): ModuleTypes {
  const messages = messageIndex(model);
  const enums = new Map(model.enums.map((type) => [type.typeName, type]));
  const entities = new Map<string, string>();

  const entity = (typeName: string): string => {
    const known = entities.get(typeName);
    if (known) return known;
    const message = messages.get(typeName);
    if (!message) return "unknown";
    if (message.typeName === "google.protobuf.Struct") return file.use("JsonObject", "@bufbuild/protobuf", "type");
    const name = file.names.claim(`Module${message.shapeName}`);
    entities.set(typeName, name);
    file.add({
      kind: StructureKind.Interface,
      isExported: true,
      name,
      docs: docs([message.text.en]),
      properties: properties(message, false),
    });
    return name;
  };
  const itemType = (field: FieldModel): string => {
    if (field.type.kind === "message") return entity(field.type.typeName);
    if (field.type.kind === "scalar") {
      if (field.type.scalar === "string") return "string";
      if (field.type.scalar === "bool") return "boolean";
      return field.type.scalar === "bytes" ? "Uint8Array" : "number";
    }
    const type = enums.get(field.type.typeName);
    if (!type) return "number";
    const differs = enumDiffers(type);
    if (differs === "numbers") return "number";
    if (differs === "no") return file.enumType(type);
    return [
      ...new Set(
        type.values.flatMap((value) => (value.moduleName === undefined ? [] : [stringLiteral(value.moduleName)])),
      ),
    ].join(" | ");
  };
  const fieldType = (field: FieldModel): string => {
    const type = itemType(field);
    return field.repeated || field.module.listOfOne ? `${type.includes("|") ? `(${type})` : type}[]` : type;
  };
  const properties = (message: MessageModel, input: boolean): OptionalKind<PropertySignatureStructure>[] =>
    moduleView(message, messages).map(({ name, field, always }) => ({
      name: propertyKey(name),
      type: fieldType(field),
      hasQuestionToken: input ? !field.required : !always && field.defaultValue === undefined,
      docs: docs([
        field.text.en,
        onlyOn(field.module.platforms),
        field.module.since ? `Since ${field.module.since}.` : undefined,
        defaultText(field),
      ]),
    }));
  return {
    entry(name, doc, message, { status, input }) {
      const list = properties(message, input);
      if (status)
        list.unshift({
          name: "status",
          type: "true",
          docs: docs(["Always true: failures come as the second argument."]),
        });
      if (list.length === 0) return undefined;
      const claimed = file.names.claim(name);
      file.add({ kind: StructureKind.Interface, isExported: true, name: claimed, docs: docs([doc]), properties: list });
      return { name: claimed, optional: list.every((property) => property.hasQuestionToken) };
    },
    single(message) {
      const fields = moduleView(message, messages);
      const first = fields[0]?.field ?? message.fields[0];
      return first ? fieldType(first) : "void";
    },
  };
}

function signature(
  entry: ModuleEntryModel,
  types: ModuleTypes,
  error: string,
  model: ApiModel,
): OptionalKind<MethodSignatureStructure> {
  const stem = upperCamel(entry.name);
  const params =
    entry.request &&
    types.entry(`${stem}Params`, `Parameters of \`${entry.name}\`.`, entry.request, { status: false, input: true });
  const parameters = params ? [{ name: "params", type: params.name }] : [];
  const codes = entry.errors.map(
    (code) => `${code} (${model.errors.find((item) => item.number === code)?.localName ?? "unknown"})`,
  );
  const doc = docs(
    [
      entry.text.en,
      onlyOn(entry.platforms),
      `Since ${entry.since}.`,
      codes.length === 0 ? undefined : `Error codes: ${codes.join(", ")}.`,
    ],
    [],
  );
  if (entry.kind === "synchronous")
    return { name: entry.name, parameters, returnType: types.single(entry.result), docs: doc };
  const result = types.entry(`${stem}Result`, `Result of \`${entry.name}\`.`, entry.result, {
    status: entry.status,
    input: false,
  });
  const ret = result?.name ?? "Record<string, never>";
  const callback =
    entry.kind === "listener"
      ? { name: "callback", type: `(ret: ${ret}) => void` }
      : { name: "callback", type: `(ret: ${ret}, err: ${error}) => void`, hasQuestionToken: true };
  return { name: entry.name, parameters: [...parameters, callback], returnType: "void", docs: doc };
}

function onlyOn(platforms: readonly PlatformName[]): string | undefined {
  if (platforms.length !== 1) return undefined;
  return platforms[0] === "ios" ? "iOS only." : "Android only.";
}

function defaultText(field: FieldModel): string | undefined {
  return field.defaultValue === undefined ? undefined : `Default: ${String(field.defaultValue)}.`;
}
