import { defaultPolicy } from "../engine/policy.ts";
import { mergeSeeds } from "../seed/merge-seeds.ts";
import { type KeyShape, SHARED_KEYS, STEP_SHAPES } from "./step-shapes.ts";

type JsonSchema = Readonly<Record<string, unknown>>;

const OF_SHAPE: Readonly<Record<KeyShape, JsonSchema>> = {
  text: { type: "string" },
  number: { type: "number" },
  integer: { type: "integer" },
  boolean: { type: "boolean" },
  true: { const: true },
  object: { type: "object" },
  steps: { type: "array", items: { $ref: "#/$defs/step" } },
};

const closed = (properties: Readonly<Record<string, JsonSchema>>, required: readonly string[]): JsonSchema => ({
  type: "object",
  properties,
  required,
  additionalProperties: false,
});

const shaped = (keys: Readonly<Record<string, KeyShape>>): Record<string, JsonSchema> =>
  Object.fromEntries(Object.entries(keys).map(([key, shape]) => [key, OF_SHAPE[shape]]));

/** An object that may have these keys and no other. */
const anyOf = (keys: object): JsonSchema => closed(Object.fromEntries(Object.keys(keys).map((key) => [key, {}])), []);

/** What editors check a scenario file by: the same table that the runner uses. */
export function scenarioSchema(): JsonSchema {
  const step = {
    anyOf: Object.values(STEP_SHAPES).map(({ needs, may }) =>
      closed({ ...shaped(needs), ...shaped(may), ...shaped(SHARED_KEYS) }, Object.keys(needs)),
    ),
  };
  const client = closed({ account: OF_SHAPE.text, platform: { enum: ["ios", "android", "web"] } }, [
    "account",
    "platform",
  ]);
  const file = { anyOf: [closed({ base64: OF_SHAPE.text }, ["base64"]), closed({ text: OF_SHAPE.text }, ["text"])] };
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "A scenario of the nimkit mock",
    ...closed(
      {
        $schema: OF_SHAPE.text,
        name: OF_SHAPE.text,
        note: OF_SHAPE.text,
        clients: { type: "object", additionalProperties: client },
        policy: anyOf(defaultPolicy),
        seed: anyOf(mergeSeeds()),
        files: { type: "object", additionalProperties: file },
        steps: OF_SHAPE.steps,
      },
      ["name", "clients", "steps"],
    ),
    $defs: { step },
  };
}
