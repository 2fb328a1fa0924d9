// Prints a proto2 file descriptor as source, for a schema that npm ships only as a descriptor.
import {
  type DescEnum,
  type DescExtension,
  type DescField,
  type DescMessage,
  getExtension,
  type Message,
  type Registry,
  ScalarType,
} from "@bufbuild/protobuf";
import { type ReflectMessage, reflect } from "@bufbuild/protobuf/reflect";
import {
  type DescriptorProto,
  type EnumDescriptorProto,
  type FieldDescriptorProto,
  FieldDescriptorProto_Label,
  FieldDescriptorProto_Type,
  type FileDescriptorProto,
} from "@bufbuild/protobuf/wkt";

const INDENT = "  ";
/** One past the largest field number, which source writes as `max`. */
const FIELD_NUMBER_END = 536870912;
/** Index of the oneof that a field is in, or -1. */
const oneofOf = (field: FieldDescriptorProto) => (Object.hasOwn(field, "oneofIndex") ? field.oneofIndex : -1);
const quote = (text: string) => JSON.stringify(text);

/** Message value in text format, on one line. */
function textFormat(message: ReflectMessage): string {
  const parts: string[] = [];
  for (const field of message.fields) {
    if (!message.isSet(field)) continue;
    if (field.fieldKind === "list") {
      const list = message.get(field);
      for (const item of list) parts.push(fieldText(field, item));
    } else if (field.fieldKind !== "map") {
      parts.push(fieldText(field, message.get(field)));
    }
  }
  return `{ ${parts.join(", ")} }`;
}

function fieldText(field: DescField, value: unknown): string {
  const kind = field.fieldKind === "list" ? field.listKind : field.fieldKind;
  if (kind === "message") return `${field.name}: ${textFormat(value as ReflectMessage)}`;
  return `${field.name}: ${literal(field, value)}`;
}

function literal(
  field: { readonly enum?: DescEnum | undefined; readonly scalar?: ScalarType | undefined },
  value: unknown,
): string {
  if (field.enum) return field.enum.value[value as number]?.name ?? String(value);
  if (field.scalar === ScalarType.STRING) return quote(value as string);
  return String(value);
}

export function printProto(file: FileDescriptorProto, registry: Registry): string {
  const lines: string[] = [];
  const out = (depth: number, text: string) => lines.push(text === "" ? "" : INDENT.repeat(depth) + text);

  const optionTexts = (options: Message | undefined, descName: string): string[] => {
    if (!options) return [];
    const desc = registry.getMessage(descName) as DescMessage;
    const reflected = reflect(desc, options);
    const texts: string[] = [];
    for (const field of reflected.fields) {
      if (!reflected.isSet(field) || field.name === "uninterpreted_option") continue;
      if (field.fieldKind === "message") continue;
      if (field.fieldKind === "list") continue;
      if (field.fieldKind === "map") continue;
      texts.push(`${field.name} = ${literal(field, reflected.get(field))}`);
    }
    for (const unknown of options.$unknown ?? []) {
      const extension = extensionOf(descName, unknown.no);
      const value = getExtension(options as never, extension as never);
      texts.push(
        `(${extension.name}) = ${extension.message ? textFormat(reflect(extension.message, value as Message)) : literal(extension, value)}`,
      );
    }
    return [...new Set(texts)];
  };
  const extensionOf = (extendee: string, no: number): DescExtension => {
    for (const type of registry) {
      if (type.kind === "extension" && type.extendee.typeName === extendee && type.number === no) return type;
    }
    throw new Error(`no extension ${no} of ${extendee}`);
  };

  const typeName = (field: FieldDescriptorProto): string =>
    field.typeName ? field.typeName : (FieldDescriptorProto_Type[field.type] ?? "").toLowerCase();
  const label = (field: FieldDescriptorProto): string =>
    field.label === FieldDescriptorProto_Label.REPEATED
      ? "repeated "
      : field.label === FieldDescriptorProto_Label.REQUIRED
        ? "required "
        : "optional ";
  const printField = (field: FieldDescriptorProto, depth: number, inOneof = false) => {
    const options = optionTexts(field.options, "google.protobuf.FieldOptions");
    if (field.defaultValue !== "")
      options.unshift(
        `default = ${field.type === FieldDescriptorProto_Type.STRING ? quote(field.defaultValue) : field.defaultValue}`,
      );
    out(
      depth,
      `${inOneof ? "" : label(field)}${typeName(field)} ${field.name} = ${field.number}${options.length > 0 ? ` [${options.join(", ")}]` : ""};`,
    );
  };
  const printReserved = (
    type: {
      readonly reservedRange: readonly { start: number; end: number }[];
      readonly reservedName: readonly string[];
    },
    depth: number,
    last: (range: { start: number; end: number }) => number,
  ) => {
    for (const range of type.reservedRange) {
      out(depth, `reserved ${range.start === last(range) ? range.start : `${range.start} to ${last(range)}`};`);
    }
    for (const name of type.reservedName) out(depth, `reserved ${quote(name)};`);
  };
  const printOptions = (options: Message | undefined, optionsType: string, depth: number) => {
    for (const text of optionTexts(options, optionsType)) out(depth, `option ${text};`);
  };
  const printEnum = (type: EnumDescriptorProto, depth: number) => {
    out(depth, `enum ${type.name} {`);
    printOptions(type.options, "google.protobuf.EnumOptions", depth + 1);
    for (const value of type.value) out(depth + 1, `${value.name} = ${value.number};`);
    printReserved(type, depth + 1, ({ end }) => end);
    out(depth, "}");
  };
  const printOneof = (type: DescriptorProto, index: number, depth: number) => {
    out(depth, `oneof ${type.oneofDecl[index]?.name} {`);
    printOptions(type.oneofDecl[index]?.options, "google.protobuf.OneofOptions", depth + 1);
    for (const member of type.field) if (oneofOf(member) === index) printField(member, depth + 1, true);
    out(depth, "}");
  };
  const printMessage = (type: DescriptorProto, depth: number) => {
    out(depth, `message ${type.name} {`);
    printOptions(type.options, "google.protobuf.MessageOptions", depth + 1);
    const done = new Set<number>();
    for (const field of type.field) {
      const index = oneofOf(field);
      if (index < 0) printField(field, depth + 1);
      else if (!done.has(index)) printOneof(type, index, depth + 1);
      done.add(index);
    }
    for (const nested of type.nestedType) printMessage(nested, depth + 1);
    for (const nested of type.enumType) printEnum(nested, depth + 1);
    for (const { start, end } of type.extensionRange) {
      out(depth + 1, `extensions ${start} to ${end === FIELD_NUMBER_END ? "max" : end - 1};`);
    }
    printReserved(type, depth + 1, ({ end }) => end - 1);
    out(depth, "}");
    out(0, "");
  };

  out(0, `syntax = "proto2";`);
  out(0, "");
  out(0, `package ${file.package};`);
  out(0, "");
  for (const path of file.dependency) out(0, `import "${path}";`);
  out(0, "");
  for (const text of optionTexts(file.options, "google.protobuf.FileOptions")) out(0, `option ${text};`);
  out(0, "");
  const extendees = new Set(file.extension.map((extension) => extension.extendee));
  for (const extendee of extendees) {
    out(0, `extend ${extendee} {`);
    for (const extension of file.extension) if (extension.extendee === extendee) printField(extension, 1);
    out(0, "}");
    out(0, "");
  }
  for (const type of file.messageType) printMessage(type, 0);
  for (const type of file.enumType) printEnum(type, 0);
  return lines.join("\n");
}
