import type { Json } from "./scenario.ts";

/** Where an actual value lacks something that is expected of it; undefined when all is there. */
export function mismatch(actual: unknown, expected: Json, path = ""): string | undefined {
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual)) return `${path}: ${JSON.stringify(actual)} is not a list`;
    if (actual.length !== expected.length) return `${path}: ${actual.length} items instead of ${expected.length}`;
    return first(expected.map((item, index) => mismatch(actual[index], item, `${path}[${index}]`)));
  }
  if (typeof expected === "object" && expected !== null) {
    if (typeof actual !== "object" || actual === null) return `${path}: ${JSON.stringify(actual)} is not an object`;
    const fields = actual as Readonly<Record<string, unknown>>;
    return first(Object.entries(expected).map(([key, value]) => mismatch(fields[key], value, `${path}.${key}`)));
  }
  return Object.is(actual, expected)
    ? undefined
    : `${path}: ${JSON.stringify(actual)} instead of ${JSON.stringify(expected)}`;
}

const first = (texts: readonly (string | undefined)[]) => texts.find((text) => text !== undefined);

/** Replaces every `"$name.path"` by the kept value. */
export function fillIn(value: Json, kept: ReadonlyMap<string, unknown>): Json {
  if (typeof value === "string" && value.startsWith("$")) return lookUp(value, kept);
  if (Array.isArray(value)) return value.map((item) => fillIn(item, kept));
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fillIn(item, kept)]));
  }
  return value;
}

function lookUp(reference: string, kept: ReadonlyMap<string, unknown>): Json {
  const [name = "", ...path] = reference.slice(1).split(".");
  if (!kept.has(name)) throw new Error(`${reference}: no step kept "${name}"`);
  let value = kept.get(name);
  for (const key of path) value = (value as Readonly<Record<string, unknown>> | undefined)?.[key];
  if (value === undefined) throw new Error(`${reference} is not set`);
  return value as Json;
}
