import type { SingleStep } from "./scenario.ts";

/** What the value of a key in a step may be. */
export type KeyShape = "text" | "number" | "integer" | "boolean" | "true" | "object" | "steps";

/** Keys of one kind of step: those it must have, and those it may have. */
export interface StepShape {
  readonly needs: Readonly<Record<string, KeyShape>>;
  readonly may: Readonly<Record<string, KeyShape>>;
}

/** Keys that every step may have. */
export const SHARED_KEYS: Readonly<Record<string, KeyShape>> = { note: "text", extension: "true" };

type KeysOfUnion<T> = T extends unknown ? keyof T : never;
type Kind = Exclude<
  KeysOfUnion<SingleStep>,
  "note" | "extension" | "with" | "expect" | "error" | "keep" | "of" | "client" | "reason" | "order"
>;

/** Every kind of step by the key that only it has. */
export const STEP_SHAPES: Readonly<Record<Kind | "repeat", StepShape>> = {
  call: { needs: { call: "text" }, may: { with: "object", expect: "object", error: "integer", keep: "text" } },
  start: { needs: { start: "text", keep: "text" }, may: { with: "object" } },
  step: { needs: { step: "text" }, may: { expect: "object", keep: "text" } },
  end: { needs: { end: "text" }, may: { error: "integer" } },
  leave: { needs: { leave: "text", extension: "true" }, may: {} },
  event: { needs: { event: "text" }, may: { expect: "object", keep: "text" } },
  quiet: { needs: { quiet: "text" }, may: {} },
  ask: { needs: { ask: "text", expect: "boolean" }, may: { of: "text" } },
  advance: { needs: { advance: "number" }, may: {} },
  drop: { needs: { drop: "text" }, may: {} },
  reconnect: { needs: { reconnect: "text" }, may: {} },
  policy: { needs: { policy: "object" }, may: {} },
  seed: { needs: { seed: "object" }, may: {} },
  kick: { needs: { kick: "text" }, may: { client: "text", reason: "integer" } },
  room: { needs: { room: "text", order: "object" }, may: {} },
  repeat: { needs: { repeat: "integer", steps: "steps" }, may: { as: "text" } },
};

const FITS: Readonly<Record<KeyShape, (value: unknown) => boolean>> = {
  text: (value) => typeof value === "string",
  number: (value) => typeof value === "number",
  integer: (value) => Number.isInteger(value),
  boolean: (value) => typeof value === "boolean",
  true: (value) => value === true,
  object: (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  steps: (value) => Array.isArray(value),
};

/** What is wrong with a step's keys; undefined when nothing is. */
export function misshape(step: object): string | undefined {
  const kinds = Object.entries(STEP_SHAPES).filter(([kind]) => kind in step);
  const [found] = kinds;
  if (!found || kinds.length > 1) return `a step is exactly one of ${Object.keys(STEP_SHAPES).join(", ")}`;
  const [kind, { needs, may }] = found;
  const missing = Object.keys(needs).find((key) => !(key in step));
  if (missing !== undefined) return `${kind} needs "${missing}"`;
  const keys: Readonly<Record<string, KeyShape>> = { ...needs, ...may, ...SHARED_KEYS };
  for (const [key, value] of Object.entries(step)) {
    const shape = Object.hasOwn(keys, key) ? keys[key] : undefined;
    if (shape === undefined) return `${kind} has no "${key}"`;
    if (!FITS[shape](value)) return `"${key}" is not of the kind ${shape}`;
  }
  if (kind === "call" && "error" in step && ("expect" in step || "keep" in step)) {
    return "a call that must fail has no result to expect or keep";
  }
  return undefined;
}
