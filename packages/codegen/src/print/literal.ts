import { propertyKey } from "../names.ts";

/** A value that can be printed as a TypeScript expression. */
export type Literal =
  | undefined
  | null
  | boolean
  | number
  | string
  | readonly Literal[]
  | { readonly [key: string]: Literal };

const LINE_WIDTH = 140;

/** A string as a TypeScript literal; line separators are escaped too, so that no reader takes them for line ends. */
export function stringLiteral(text: string): string {
  return JSON.stringify(text).replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
}

/** Prints plain data as a TypeScript expression: short values in one line, properties without a value left out. */
export function printLiteral(value: Literal, indent = 0): string {
  const flat = printFlat(value);
  if (flat.length + indent <= LINE_WIDTH && !isNested(value)) return flat;
  const pad = " ".repeat(indent + 2);
  const close = " ".repeat(indent);
  if (isList(value)) return `[\n${value.map((item) => `${pad}${printLiteral(item, indent + 2)},\n`).join("")}${close}]`;
  if (isObject(value)) {
    const lines = entries(value).map(
      ([key, item]) => `${pad}${propertyKey(key)}: ${printLiteral(item, indent + 2)},\n`,
    );
    return `{\n${lines.join("")}${close}}`;
  }
  return flat;
}

/** Prints a table: one row a line, however short, so that a new row is one line of a diff. */
export function printTable(rows: readonly Literal[] | { readonly [key: string]: Literal }): string {
  if (isList(rows))
    return rows.length === 0 ? "[]" : `[\n${rows.map((row) => `  ${printLiteral(row, 2)},\n`).join("")}]`;
  const lines = entries(rows).map(([key, row]) => `  ${propertyKey(key)}: ${printLiteral(row, 2)},\n`);
  return lines.length === 0 ? "{}" : `{\n${lines.join("")}}`;
}

function printFlat(value: Literal): string {
  if (typeof value === "string") return stringLiteral(value);
  if (isList(value)) return `[${value.map(printFlat).join(", ")}]`;
  if (isObject(value)) {
    const parts = entries(value).map(([key, item]) => `${propertyKey(key)}: ${printFlat(item)}`);
    return parts.length === 0 ? "{}" : `{ ${parts.join(", ")} }`;
  }
  return String(value);
}

function entries(value: { readonly [key: string]: Literal }): [string, Literal][] {
  return Object.entries(value).filter(([, item]) => item !== undefined);
}

function isList(value: Literal): value is readonly Literal[] {
  return Array.isArray(value);
}

function isObject(value: Literal): value is { readonly [key: string]: Literal } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** True for tables: a list of objects, or an object that holds objects. */
function isNested(value: Literal): boolean {
  const items = isList(value) ? value : isObject(value) ? Object.values(value) : [];
  return items.some((item) => isObject(item) && Object.keys(item).length > 0);
}
