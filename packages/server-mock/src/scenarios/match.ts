import type { DescField, DescMessage } from "@bufbuild/protobuf";
import { against, rulesIn } from "./rules.ts";
import type { Json } from "./scenario.ts";

/** How to read what is compared. */
export interface MatchOptions {
  /** Type of the actual value, where it is a message. */
  readonly schema?: DescMessage | undefined;
  /** False for a field that the way there cannot carry: what is expected of it is left out. */
  readonly carries?: ((field: DescField) => boolean) | undefined;
}

type Fields = Readonly<Record<string, unknown>>;

/** Where an actual value lacks something that is expected of it; undefined when all is there. */
export function mismatch(
  actual: unknown,
  expected: Json,
  path: string,
  { schema, carries }: MatchOptions = {},
): string | undefined {
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual)) return `${path}: ${JSON.stringify(actual)} is not a list`;
    if (actual.length !== expected.length) return `${path}: ${actual.length} items instead of ${expected.length}`;
    return first(
      expected.map((item, index) => mismatch(actual[index], item, `${path}[${index}]`, { schema, carries })),
    );
  }
  if (typeof expected === "object" && expected !== null) {
    if (typeof actual !== "object" || actual === null) return `${path}: ${JSON.stringify(actual)} is not an object`;
    const fields = actual as Fields;
    return first(
      Object.entries(expected).map(([key, wanted]) => {
        const field = schema?.field[key];
        if (schema && !field) return `${path}: ${schema.typeName} has no field ${key}`;
        if (field && carries?.(field) === false) return undefined;
        return mismatchOfField(fields, key, wanted, `${path}.${key}`, { schema: messageOf(field), carries });
      }),
    );
  }
  return Object.is(actual, expected)
    ? undefined
    : `${path}: ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`;
}

function mismatchOfField(fields: Fields, key: string, wanted: Json, path: string, options: MatchOptions) {
  const value = fields[key];
  const rules = rulesIn(wanted);
  if (!rules) return mismatch(value, wanted, path, options);
  const compare = (part: unknown, expected: Json, place: string) => mismatch(part, expected, place, options);
  return against({ value, isSet: isSet(fields, key), compare }, rules, path);
}

/** A field that is not set reads as its default from the prototype; an empty list is a field that is not set. */
function isSet(fields: Fields, key: string): boolean {
  const value = fields[key];
  return value !== undefined && Object.hasOwn(fields, key) && !(Array.isArray(value) && value.length === 0);
}

/** The type inside a field; a Struct is the user's own JSON. */
function messageOf(field: DescField | undefined): DescMessage | undefined {
  const message = field?.message;
  return message?.typeName.startsWith("google.protobuf.") ? undefined : message;
}

const first = (texts: readonly (string | undefined)[]) => texts.find((text) => text !== undefined);
