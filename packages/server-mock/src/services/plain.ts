import {
  create,
  type DescField,
  type DescMessage,
  type DescOneof,
  isFieldSet,
  type Message,
  type MessageInitShape,
  type MessageShape,
} from "@bufbuild/protobuf";

/** A message as plain data, before its type is known. */
type Plain = Record<string, unknown>;
/** Copies what one member of a message holds. */
type Copy = (message: Message, into: Plain) => void;

/** What is copied of each message type, worked out once. */
const copiers = new WeakMap<DescMessage, readonly Copy[]>();

const read = (message: Message, name: string): unknown => (message as Plain)[name];

/** `google.protobuf.Struct` is plain JSON in a message already. */
function isJson(type: DescMessage | undefined): boolean {
  return type?.typeName === "google.protobuf.Struct";
}

function plainValue(type: DescMessage | undefined, value: unknown): unknown {
  return type === undefined || isJson(type) ? value : plainOf(type, value as Message);
}

function copyField(field: DescField): Copy {
  const { localName } = field;
  switch (field.fieldKind) {
    case "list":
      return (message, into) => {
        into[localName] = (read(message, localName) as unknown[]).map((item) => plainValue(field.message, item));
      };
    case "map":
      throw new Error(`${field}: a map has no plain form; the schema's house rules forbid maps`);
    default: {
      const declared = field.fieldKind === "message" ? undefined : field.getDefaultValue();
      return (message, into) => {
        if (isFieldSet(message, field)) into[localName] = plainValue(field.message, read(message, localName));
        else if (declared !== undefined) into[localName] = declared;
      };
    }
  }
}

function copyOneof(oneof: DescOneof): Copy {
  const { localName } = oneof;
  const types = new Map(oneof.fields.map((field) => [field.localName, field.message]));
  return (message, into) => {
    const { case: arm, value } = read(message, localName) as { readonly case?: string; readonly value?: unknown };
    if (arm !== undefined) into[localName] = { case: arm, value: plainValue(types.get(arm), value) };
  };
}

function copiersOf(type: DescMessage): readonly Copy[] {
  const known = copiers.get(type);
  if (known !== undefined) return known;
  const made = type.members.map((member) => (member.kind === "oneof" ? copyOneof(member) : copyField(member)));
  copiers.set(type, made);
  return made;
}

function plainOf(type: DescMessage, message: Message): Plain {
  const plain: Plain = {};
  for (const copy of copiersOf(type)) copy(message, plain);
  return plain;
}

/**
 * A message as plain data: fields that are set, declared defaults for those that are not, lists always, a oneof as
 * `{ case, value }`. This is the only code that asks whether a field is set: with explicit presence an unset field
 * reads as its default and vanishes when it is spread or cloned.
 */
export function toCommand<Command extends object>(type: DescMessage, message: Message): Command {
  return plainOf(type, message) as Command;
}

/** A message of plain data. It may share lists and JSON with it: transports copy or serialise what they hand on. */
export function toMessage<D extends DescMessage>(type: D, plain: object): MessageShape<D> {
  return create(type, plain as MessageInitShape<D>);
}
