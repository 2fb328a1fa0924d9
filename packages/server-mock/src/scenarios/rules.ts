import type { Json } from "./scenario.ts";

/** What a rule in the place of an expected value looks at. */
export interface Found {
  readonly value: unknown;
  /** The field is set; an empty list is not. */
  readonly isSet: boolean;
  /** Compares a part with what is expected of it; undefined when all is there. */
  compare(part: unknown, expected: Json, path: string): string | undefined;
}

type Rule = (found: Found, operand: Json, path: string) => string | undefined;

const list = ({ value }: Found): readonly unknown[] => (Array.isArray(value) ? value : []);
const holds = (ok: boolean, wrong: string): string | undefined => (ok ? undefined : wrong);

function isAscending(items: readonly unknown[], key: Json): boolean {
  const values = items.map((item): unknown => Reflect.get(Object(item), String(key)));
  return values.every((value, index) => index === 0 || Number(values[index - 1]) < Number(value));
}

/** What a scenario may ask for in the place of a value, as the one key or the keys of an object. */
export const RULES: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ["$absent", ({ value, isSet }, wanted) => holds(isSet !== wanted, `${JSON.stringify(value)} is set`)],
  ["$any", ({ isSet }, wanted) => holds(isSet === wanted, "is not set")],
  ["$gt", ({ value }, bound) => holds(Number(value) > Number(bound), `${value} is not greater than ${bound}`)],
  ["$count", (found, count) => holds(list(found).length === count, `${list(found).length} items, not ${count}`)],
  ["$first", (found, expected, path) => found.compare(list(found).at(0), expected, `${path}[0]`)],
  ["$last", (found, expected, path) => found.compare(list(found).at(-1), expected, `${path}[-1]`)],
  ["$ascending", (found, key) => holds(isAscending(list(found), key), `is not in ascending order of ${key}`)],
  [
    "$descending",
    (found, key) => holds(isAscending([...list(found)].reverse(), key), `is not in descending order of ${key}`),
  ],
]);

/** The rules of an object such as `{"$absent": true}`; undefined when it is a plain value. */
export function rulesIn(expected: Json): readonly (readonly [string, Json])[] | undefined {
  if (typeof expected !== "object" || expected === null || Array.isArray(expected)) return undefined;
  const entries = Object.entries(expected);
  return entries.length > 0 && entries.every(([key]) => key.startsWith("$")) ? entries : undefined;
}

/** What of the found value is against a rule; undefined when all hold. */
export function against(found: Found, rules: readonly (readonly [string, Json])[], path: string): string | undefined {
  for (const [name, operand] of rules) {
    const rule = RULES.get(name);
    const wrong = rule ? rule(found, operand, path) : `there is no rule ${name}`;
    if (wrong !== undefined) return wrong.startsWith(path) ? wrong : `${path}: ${wrong}`;
  }
  return undefined;
}
