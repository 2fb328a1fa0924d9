import {
  create,
  type DescField,
  type DescMessage,
  isFieldSet,
  type Message,
  type MessageShape,
} from "@bufbuild/protobuf";
import { StructSchema } from "@bufbuild/protobuf/wkt";
import { isObject, toJsonObject, toJsonText, toScalar } from "./coerce.ts";
import { fromModuleEnum, toModuleEnum } from "./enum-shapes.ts";
import { type FieldShape, fieldShapes } from "./field-shapes.ts";
import type { ModulePlatform } from "./platform.ts";
import { isEmptyWhenAbsent, lacksField, takesJsonText } from "./quirks.ts";
import { ShapeError } from "./shape-error.ts";

/** Parameters, a result or a payload as the module passes it: plain data. */
export type ModuleObject = Record<string, unknown>;

function fullName(field: DescField): string {
  return `${field.parent.typeName}.${field.name}`;
}

function writeValue(field: DescField, value: unknown, platform: ModulePlatform): unknown {
  if (field.enum !== undefined) return toModuleEnum(field.enum, Number(value), platform);
  if (field.message === undefined) return value;
  if (field.message.typeName === StructSchema.typeName) return structuredClone(value);
  return write(field.message, value as Message, platform, false);
}

function write(schema: DescMessage, message: Message, platform: ModulePlatform, top: boolean): ModuleObject {
  const out: ModuleObject = {};
  for (const { field, name, inline, listOfOne } of fieldShapes(schema, platform)) {
    const value: unknown = Reflect.get(message, field.localName);
    if (field.fieldKind === "list") {
      // A list is the answer of a call even when it is empty; inside an entity it is left out like any absent field.
      if (!Array.isArray(value) || (value.length === 0 && !top)) continue;
      out[name] = value.map((item: unknown) => writeValue(field, item, platform));
    } else if (!isFieldSet(message, field) || lacksField(fullName(field), message, platform)) {
      if (isEmptyWhenAbsent(fullName(field))) out[name] = "";
    } else if (inline && field.message !== undefined) {
      Object.assign(out, write(field.message, value as Message, platform, false));
    } else {
      const written = writeValue(field, value, platform);
      out[name] = listOfOne ? [written] : written;
    }
  }
  return out;
}

/**
 * A message in the module's shape: its spelling and numbers on this platform, without hidden and absent fields.
 * The result is a plain copy that shares nothing with the message.
 */
export function toModule<Desc extends DescMessage>(
  schema: Desc,
  message: MessageShape<Desc>,
  platform: ModulePlatform,
): ModuleObject {
  return write(schema, message, platform, true);
}

/** What to do with a value of the wrong kind: `strict` throws, `lenient` leaves the field unset. */
export type ShapeMode = "strict" | "lenient";

interface Reader {
  readonly platform: ModulePlatform;
  readonly mode: ShapeMode;
}

function readValue(reader: Reader, field: DescField, value: unknown, path: string): unknown {
  if (field.enum !== undefined) {
    const number = fromModuleEnum(field.enum, value, reader.platform);
    if (number === undefined) throw new ShapeError(path, "one of its listed values");
    return number;
  }
  if (field.message !== undefined) {
    if (field.message.typeName === StructSchema.typeName) return toJsonObject(value, path);
    if (!isObject(value)) throw new ShapeError(path, "an object");
    return read(reader, field.message, value, `${path}.`);
  }
  if (takesJsonText(fullName(field))) return toJsonText(value, path);
  return field.scalar === undefined ? undefined : toScalar(field.scalar, value, path);
}

function readList(reader: Reader, field: DescField, value: unknown, path: string): unknown[] {
  if (!Array.isArray(value)) throw new ShapeError(path, "an array");
  return value.flatMap((item: unknown, index) => {
    const itemRead = attempt(reader, () => readValue(reader, field, item, `${path}[${index}]`));
    return itemRead === undefined ? [] : [itemRead];
  });
}

function attempt<T>(reader: Reader, parse: () => T): T | undefined {
  try {
    return parse();
  } catch (error) {
    if (reader.mode === "lenient" && error instanceof ShapeError) return undefined;
    throw error;
  }
}

/** An empty text stands for "none" wherever text itself is not what the field holds. */
function isBlank(field: DescField, value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (value !== "") return false;
  return field.message !== undefined || isEmptyWhenAbsent(fullName(field));
}

function readField(reader: Reader, shape: FieldShape, input: Readonly<ModuleObject>, prefix: string): unknown {
  const { field, listOfOne } = shape;
  if (shape.inline && field.message !== undefined) {
    const message = read(reader, field.message, input, prefix);
    return field.message.fields.some((inner) => isFieldSet(message, inner)) ? message : undefined;
  }
  const spelling = shape.spellings.find((name) => !isBlank(field, input[name]));
  if (spelling === undefined) return undefined;
  const given = input[spelling];
  const value = listOfOne && Array.isArray(given) ? given[0] : given;
  if (value === undefined || value === null) return undefined;
  const path = `${prefix}${spelling}`;
  return attempt(reader, () =>
    field.fieldKind === "list" ? readList(reader, field, value, path) : readValue(reader, field, value, path),
  );
}

function read(reader: Reader, schema: DescMessage, input: Readonly<ModuleObject>, prefix: string): Message {
  const message = create(schema);
  for (const shape of fieldShapes(schema, reader.platform)) {
    const value = readField(reader, shape, input, prefix);
    if (value !== undefined) Reflect.set(message, shape.field.localName, value);
  }
  return message;
}

/**
 * A message from the module's shape. Names that the message does not have are ignored; numbers may come as text,
 * booleans as text or 0 and 1, JSON objects as JSON text.
 * @throws {ShapeError} in `strict` mode, naming the value that does not fit.
 */
export function fromModule<Desc extends DescMessage>(
  schema: Desc,
  input: Readonly<ModuleObject>,
  platform: ModulePlatform,
  mode: ShapeMode = "strict",
): MessageShape<Desc> {
  return read({ platform, mode }, schema, input, "") as MessageShape<Desc>;
}
