import { type OptionalKind, type PropertySignatureStructure, StructureKind } from "ts-morph";

import type { ApiModel, EnumModel, FieldModel, MessageModel, ScalarName } from "../model/api-model.ts";
import { messageIndex } from "../model/select-packages.ts";
import { plainName, propertyKey, upperCamel } from "../names.ts";
import { deprecation, docs } from "../print/comments.ts";
import { stringLiteral } from "../print/literal.ts";
import type { GeneratedFile } from "../print/output.ts";
import type { Emitter } from "./emitter.ts";

/** Writes `commands.ts`: every message as plain data, where an absent field is a missing key. */
export const emitCommands: Emitter = (model, out) => {
  if (model.services.length === 0) return;
  const file = out.file("commands.ts");
  for (const name of ["RpcTypes", "RpcName", "CommandOf", "ReplyOf"]) file.names.claim(name);
  const names = plainNames(model, file);
  const messages = messageIndex(model);
  const enums = new Map(model.enums.map((type) => [type.typeName, type]));
  for (const message of model.messages) {
    const name = names.get(message.typeName);
    if (name === undefined || message.typeName === STRUCT) continue;
    file.add({
      kind: StructureKind.Interface,
      isExported: true,
      name,
      docs: docs([message.text.en], deprecation(message)),
      properties: properties(message, names, enums, file),
    });
  }
  const methods = model.services.flatMap((service) => service.methods);
  const type = (typeName: string): string => {
    const message = messages.get(typeName);
    return message ? messageType(message.typeName, names, file) : "never";
  };
  file.add(
    {
      kind: StructureKind.Interface,
      isExported: true,
      name: "RpcTypes",
      docs: docs(["Plain request and response of every rpc; for a stream, the reply is one response of it."]),
      properties: methods.map((method) => ({
        name: stringLiteral(method.rpcName),
        isReadonly: true,
        type: `{ readonly command: ${type(method.input)}; readonly reply: ${type(method.output)} }`,
      })),
    },
    {
      kind: StructureKind.TypeAlias,
      isExported: true,
      name: "RpcName",
      type: "keyof RpcTypes",
      docs: docs(["Name of an rpc, such as `message.sendText`."]),
    },
    {
      kind: StructureKind.TypeAlias,
      isExported: true,
      name: "CommandOf",
      typeParameters: [{ name: "K", constraint: "RpcName" }],
      type: 'RpcTypes[K]["command"]',
      docs: docs(["Plain request of an rpc."]),
    },
    {
      kind: StructureKind.TypeAlias,
      isExported: true,
      name: "ReplyOf",
      typeParameters: [{ name: "K", constraint: "RpcName" }],
      type: 'RpcTypes[K]["reply"]',
      docs: docs(["Plain response of an rpc."]),
    },
  );
};

const STRUCT = "google.protobuf.Struct";

/** Wrapper messages, which protobuf-es shows as plain values in singular fields. */
const WRAPPERS: ReadonlyMap<string, ScalarName> = new Map(
  Object.entries({
    DoubleValue: "double",
    FloatValue: "float",
    Int64Value: "int64",
    UInt64Value: "uint64",
    Int32Value: "int32",
    UInt32Value: "uint32",
    BoolValue: "bool",
    StringValue: "string",
    BytesValue: "bytes",
  } as const).map(([name, scalar]) => [`google.protobuf.${name}`, scalar]),
);

/** Names of the plain types; messages of one name in two packages get their package in front. */
function plainNames(model: ApiModel, file: GeneratedFile): ReadonlyMap<string, string> {
  const count = new Map<string, number>();
  for (const message of model.messages) count.set(plainName(message), (count.get(plainName(message)) ?? 0) + 1);
  return new Map(
    model.messages.map((message) => {
      const short = plainName(message);
      return [
        message.typeName,
        file.names.claim(count.get(short) === 1 ? short : `${upperCamel(message.package)}${short}`),
      ];
    }),
  );
}

function messageType(typeName: string, names: ReadonlyMap<string, string>, file: GeneratedFile): string {
  return typeName === STRUCT ? file.use("JsonObject", "@bufbuild/protobuf", "type") : (names.get(typeName) ?? "never");
}

function properties(
  message: MessageModel,
  names: ReadonlyMap<string, string>,
  enums: ReadonlyMap<string, EnumModel>,
  file: GeneratedFile,
): OptionalKind<PropertySignatureStructure>[] {
  const list: OptionalKind<PropertySignatureStructure>[] = [];
  const done = new Set<string>();
  const itemType = (field: FieldModel): string => {
    if (field.type.kind === "message") {
      const wrapped = WRAPPERS.get(field.type.typeName);
      if (wrapped && !field.repeated && !field.mapKey && !field.oneof) return scalarType(wrapped, false);
      return messageType(field.type.typeName, names, file);
    }
    if (field.type.kind === "scalar") return scalarType(field.type.scalar, field.type.longAsString);
    const type = enums.get(field.type.typeName);
    return type ? file.enumType(type) : "number";
  };
  for (const field of message.fields) {
    if (field.oneof !== undefined) {
      if (done.has(field.oneof)) continue;
      done.add(field.oneof);
      const oneof = message.oneofs.find((candidate) => candidate.localName === field.oneof);
      const arms = message.fields.filter((candidate) => candidate.oneof === field.oneof);
      list.push({
        name: propertyKey(field.oneof),
        isReadonly: true,
        hasQuestionToken: oneof?.required !== true,
        type: arms
          .map((arm) => `{ readonly case: ${stringLiteral(arm.localName)}; readonly value: ${itemType(arm)} }`)
          .join("\n| "),
        docs: docs([oneof?.text.en]),
      });
      continue;
    }
    const item = itemType(field);
    const type = field.mapKey ? mapType(field.mapKey, item) : field.repeated ? `readonly ${item}[]` : item;
    const optional = !field.repeated && !field.mapKey && !field.required && field.defaultValue === undefined;
    list.push({
      name: propertyKey(field.localName),
      isReadonly: true,
      hasQuestionToken: optional,
      type,
      docs: docs([field.text.en], deprecation(field)),
    });
  }
  return list;
}

/** Keys as protobuf-es shows them: 64-bit numbers and booleans are strings. */
function mapType(key: ScalarName, item: string): string {
  if (key === "bool") return `{ readonly [K in "true" | "false"]?: ${item} }`;
  return `Readonly<Record<${key === "string" || /64$/.test(key) ? "string" : "number"}, ${item}>>`;
}

function scalarType(scalar: ScalarName, longAsString: boolean): string {
  if (scalar === "string") return "string";
  if (scalar === "bool") return "boolean";
  if (scalar === "bytes") return "Uint8Array";
  if (/64$/.test(scalar)) return longAsString ? "string" : "bigint";
  return "number";
}
