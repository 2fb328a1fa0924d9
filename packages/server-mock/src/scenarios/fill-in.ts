import type { Json } from "./scenario.ts";

/** What earlier steps kept, by name. */
export type Kept = ReadonlyMap<string, unknown>;

const REFERENCE = /^\$[A-Za-z]\w*(\.-?\w+)*$/;
const TEMPLATE = /\$\{([A-Za-z]\w*(?:\.-?\w+)*)\}/g;

/** Replaces every `${name.path}` inside a text by the text of the kept value. */
export function fillTexts<T>(value: T, kept: Kept): T {
  return mapTexts(value, (text) => text.replaceAll(TEMPLATE, (_, path: string) => String(lookUp(path, kept)))) as T;
}

/** Replaces every text that is `$name.path` by the kept value, and writes long texts and bytes out. */
export function fillIn(value: Json, kept: Kept): Json {
  return mapTexts(value, (text) => (REFERENCE.test(text) ? lookUp(text.slice(1), kept) : text)) as Json;
}

/** The text that `{"$times": 5001, "$of": "x"}` stands for; undefined for anything else. */
function longText(value: object): string | undefined {
  const { $times, $of }: { readonly $times?: unknown; readonly $of?: unknown } = value;
  return typeof $times === "number" && typeof $of === "string" ? $of.repeat($times) : undefined;
}

/** The bytes that `{"$base64": "…"}` stands for; undefined for anything else. */
function bytes(value: object): Uint8Array<ArrayBuffer> | undefined {
  const { $base64 }: { readonly $base64?: unknown } = value;
  return typeof $base64 === "string"
    ? Uint8Array.from(atob($base64), (character) => character.charCodeAt(0))
    : undefined;
}

function mapTexts(value: unknown, change: (text: string) => unknown): unknown {
  if (typeof value === "string") return change(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change));
  if (typeof value === "object" && value !== null && !(value instanceof Uint8Array)) {
    const written = longText(value) ?? bytes(value);
    if (written !== undefined) return written;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapTexts(item, change)]));
  }
  return value;
}

function lookUp(reference: string, kept: Kept): unknown {
  const [name = "", ...path] = reference.split(".");
  if (!kept.has(name)) throw new Error(`$${reference}: no step kept "${name}"`);
  let value = kept.get(name);
  for (const key of path) {
    value = Array.isArray(value)
      ? value.at(Number(key))
      : (value as Readonly<Record<string, unknown>> | undefined)?.[key];
  }
  if (value === undefined) throw new Error(`$${reference} is not set`);
  return value;
}
