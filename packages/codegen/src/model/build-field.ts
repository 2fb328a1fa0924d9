import { type DescField, type DescMessage, type Registry, ScalarType } from "@bufbuild/protobuf";
import { FeatureSet_FieldPresence, FieldOptionsSchema } from "@bufbuild/protobuf/wkt";

import type { FieldModel, JsonMap, ListenerModel, ModuleFieldModel, ScalarName, TypeRef } from "./api-model.ts";
import { asNumber, asPlatforms, asString, asStrings, nimkitOption, readOptions, validationRules } from "./options.ts";
import type { SourceIndex } from "./source-index.ts";

/** What building an element needs besides its descriptor. */
export interface BuildContext {
  readonly registry: Registry;
  readonly source: SourceIndex;
}

const SCALARS: Readonly<Record<ScalarType, ScalarName>> = {
  [ScalarType.DOUBLE]: "double",
  [ScalarType.FLOAT]: "float",
  [ScalarType.INT64]: "int64",
  [ScalarType.UINT64]: "uint64",
  [ScalarType.INT32]: "int32",
  [ScalarType.FIXED64]: "fixed64",
  [ScalarType.FIXED32]: "fixed32",
  [ScalarType.BOOL]: "bool",
  [ScalarType.STRING]: "string",
  [ScalarType.BYTES]: "bytes",
  [ScalarType.UINT32]: "uint32",
  [ScalarType.SFIXED32]: "sfixed32",
  [ScalarType.SFIXED64]: "sfixed64",
  [ScalarType.SINT32]: "sint32",
  [ScalarType.SINT64]: "sint64",
};

/** Builds a field; `path` is the descriptor path of the field itself. */
export function buildField(field: DescField, path: readonly number[], context: BuildContext): FieldModel {
  const options = readOptions(FieldOptionsSchema, field.proto.options, context.registry);
  const nimkit = nimkitOption(options, "field");
  const listener = nimkitOption(options, "listener");
  const rules = validationRules(options, "field");
  const violationCode = asNumber(nimkit.violationCode);
  const unit = asString(nimkit.unit);
  const defaultValue = readDefault(field);
  return {
    name: field.name,
    source: context.source.position(path),
    text: { en: context.source.comment(path), zh: asString(nimkit.zh) || asString(listener.zh) },
    deprecated: field.deprecated,
    number: field.number,
    localName: field.localName,
    jsonName: field.jsonName,
    type: typeRef(field),
    repeated: field.fieldKind === "list",
    ...(field.fieldKind === "map" ? { mapKey: SCALARS[field.mapKey] } : {}),
    ...(field.oneof ? { oneof: field.oneof.localName } : {}),
    presence: presence(field),
    required: rules.required === true || field.presence === FeatureSet_FieldPresence.LEGACY_REQUIRED,
    ...(defaultValue === undefined ? {} : { defaultValue }),
    rules,
    module: moduleField(field, nimkit),
    ...(listener.name === undefined ? {} : { listener: readListener(listener) }),
    ...(violationCode === undefined ? {} : { violationCode }),
    clientId: nimkit.clientId === true,
    ...(unit === "" ? {} : { unit }),
  };
}

function moduleField(field: DescField, nimkit: JsonMap): ModuleFieldModel {
  const since = asString(nimkit.since);
  return {
    name: asString(nimkit.name) || field.jsonName,
    aliases: asStrings(nimkit.aliases),
    extension: nimkit.extension === true,
    inline: nimkit.inline === true,
    listOfOne: nimkit.listOfOne === true,
    emptyIsError: nimkit.emptyIsError === true,
    platforms: asPlatforms(nimkit.platforms),
    ...(since === "" ? {} : { since }),
  };
}

function readListener(listener: JsonMap): ListenerModel {
  return {
    name: asString(listener.name),
    platforms: asPlatforms(listener.platforms),
    since: asString(listener.since),
    status: listener.status === true,
  };
}

function presence(field: DescField): FieldModel["presence"] {
  if (field.presence === FeatureSet_FieldPresence.LEGACY_REQUIRED) return "legacy-required";
  return field.presence === FeatureSet_FieldPresence.IMPLICIT ? "implicit" : "explicit";
}

function typeRef(field: DescField): TypeRef {
  if (field.message) return { kind: "message", typeName: field.message.typeName };
  if (field.enum) return { kind: "enum", typeName: field.enum.typeName };
  const longAsString = field.fieldKind !== "map" && field.longAsString === true;
  return { kind: "scalar", scalar: SCALARS[field.scalar ?? ScalarType.STRING], longAsString };
}

function readDefault(field: DescField): string | number | boolean | undefined {
  if (field.fieldKind !== "scalar" && field.fieldKind !== "enum") return undefined;
  const value = field.getDefaultValue();
  if (value === undefined || value instanceof Uint8Array) return undefined;
  // Neither fits into JSON.
  return typeof value === "bigint" || (typeof value === "number" && !Number.isFinite(value)) ? String(value) : value;
}

/** Descriptor path of a message or enum, from the file downwards. */
export function nestedPath(
  message: DescMessage | undefined,
  topField: number,
  nestedField: number,
  index: number,
): readonly number[] {
  return message ? [...messagePath(message), nestedField, index] : [topField, index];
}

/** Descriptor path of a message. */
export function messagePath(message: DescMessage): readonly number[] {
  const siblings = message.parent ? message.parent.proto.nestedType : message.file.proto.messageType;
  return nestedPath(message.parent, 4, 3, siblings.indexOf(message.proto));
}
