import {
  createFileRegistry,
  type DescExtension,
  type DescField,
  type DescMessage,
  type FileRegistry,
  fromBinary,
  getExtension,
  isMessage,
  type Message,
  setExtension,
  toBinary,
} from "@bufbuild/protobuf";
import { type ReflectMessage, reflect } from "@bufbuild/protobuf/reflect";
import {
  type FieldOptions,
  FieldOptions_OptionRetention,
  type FileDescriptorProto,
  FileDescriptorProtoSchema,
  FileDescriptorSetSchema,
} from "@bufbuild/protobuf/wkt";

import { RULES_PACKAGE } from "./options.ts";

/**
 * The compiled schema as servers need it: packages and what they import, with rules and options, without comments and
 * without options that only sources keep (buf removes those only where the whole option is one, not inside of options).
 */
export function stripImage(image: Uint8Array, packages: readonly string[]): Uint8Array {
  const set = fromBinary(FileDescriptorSetSchema, image);
  const registry = createFileRegistry(set);
  const strip = createOptionStripper(registry);
  for (const file of set.file) {
    delete file.sourceCodeInfo;
    delete file.$unknown;
    strip(reflect(FileDescriptorProtoSchema, file));
  }
  set.file = keepPackages(set.file, packages);
  return toBinary(FileDescriptorSetSchema, set);
}

/**
 * The file that declares the validation rules goes: validators bring it along, the rules themselves stay in the
 * options of the fields, and it is a third of the image.
 */
function keepPackages(all: readonly FileDescriptorProto[], packages: readonly string[]): FileDescriptorProto[] {
  const files = new Map(all.map((file) => [file.name, file]));
  const keep = new Set<string>();
  const visit = (file: FileDescriptorProto): void => {
    if (keep.has(file.name)) return;
    keep.add(file.name);
    // The indexes of public and weak imports would have to move along.
    if (file.publicDependency.length === 0 && file.weakDependency.length === 0) {
      file.dependency = file.dependency.filter((name) => files.get(name)?.package !== RULES_PACKAGE);
    }
    for (const name of file.dependency) {
      const dependency = files.get(name);
      if (dependency) visit(dependency);
    }
  };
  for (const file of all) if (packages.includes(file.package)) visit(file);
  return all.filter((file) => keep.has(file.name));
}

/** Removes what only sources keep from a descriptor and from everything below it. */
function createOptionStripper(registry: FileRegistry): (message: ReflectMessage) => void {
  const sourceOnly = new Map<string, boolean>();
  const hasSourceOnly = (type: DescMessage): boolean => {
    const known = sourceOnly.get(type.typeName);
    if (known !== undefined) return known;
    sourceOnly.set(type.typeName, false);
    const result = type.fields.some(
      (field) => isSourceOnly(field.proto.options) || (field.message !== undefined && hasSourceOnly(field.message)),
    );
    sourceOnly.set(type.typeName, result);
    return result;
  };
  const strip = (message: ReflectMessage): void => {
    for (const field of message.fields) {
      if (!message.isSet(field)) continue;
      if (isSourceOnly(field.proto.options)) message.clear(field);
      else for (const inner of messagesIn(message, field)) strip(inner);
    }
    for (const { no } of message.message.$unknown ?? []) {
      const extension = registry.getExtensionFor(message.desc, no);
      if (extension) stripExtension(message.message, extension);
    }
  };
  const stripExtension = (message: Message, extension: DescExtension): void => {
    if (isSourceOnly(extension.proto.options)) {
      message.$unknown = (message.$unknown ?? []).filter(({ no }) => no !== extension.number);
      return;
    }
    if (!extension.message || extension.fieldKind !== "message" || !hasSourceOnly(extension.message)) return;
    const value: unknown = getExtension(message, extension);
    if (!isMessage(value)) return;
    strip(reflect(extension.message, value));
    setExtension(message, extension, value);
  };
  return strip;
}

function messagesIn(message: ReflectMessage, field: DescField): readonly ReflectMessage[] {
  if (field.fieldKind === "message") return [message.get(field)];
  if (field.fieldKind !== "list" || field.listKind !== "message") return [];
  return [...message.get(field)].filter(isReflected);
}

function isSourceOnly(options: FieldOptions | undefined): boolean {
  return options?.retention === FieldOptions_OptionRetention.RETENTION_SOURCE;
}

function isReflected(value: unknown): value is ReflectMessage {
  return typeof value === "object" && value !== null && "desc" in value && "message" in value;
}
