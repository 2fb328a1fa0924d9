import type { ApiModel, FieldModel, JsonMap } from "../model/api-model.ts";
import { asMap, asNumber } from "../model/options.ts";
import type { Diagnostic } from "./diagnostic.ts";
import { type Check, errorAt } from "./diagnostic.ts";

/** Fields that contradict themselves (NK501–NK504). */
export const checkFields: Check = (model) =>
  model.messages.flatMap((message) => {
    const annotated = model.annotated.includes(message.package);
    const ids = message.fields.filter((field) => field.clientId);
    return message.fields.flatMap((field): readonly Diagnostic[] => {
      const name = `${message.typeName}.${field.name}`;
      const found: Diagnostic[] = [];
      if (field.required && field.defaultValue !== undefined) {
        found.push(
          errorAt(
            field,
            "NK501",
            `${name}: a required field never takes its default.`,
            "Remove `required` or `default`.",
          ),
        );
      }
      const broken = brokenRule(field, model);
      if (broken !== undefined) {
        found.push(
          errorAt(
            field,
            "NK502",
            `${name}: the default ${String(field.defaultValue)} breaks the field's own rule ${broken}.`,
            "Change the default or the rule.",
          ),
        );
      }
      if (
        field.clientId &&
        (ids[0] !== field || field.repeated || field.type.kind !== "scalar" || field.type.scalar !== "string")
      ) {
        found.push(
          errorAt(
            field,
            "NK503",
            `${name}: client_id is for one string field of a request.`,
            "Keep it on the field that holds the id.",
          ),
        );
      }
      if (annotated && field.type.kind === "scalar" && /64$/.test(field.type.scalar) && !field.type.longAsString) {
        found.push(
          errorAt(
            field,
            "NK504",
            `${name}: ${field.type.scalar} would be a bigint in TypeScript.`,
            "Use uint32, or double for instants.",
          ),
        );
      }
      return found;
    });
  });

/** Name of the rule that the default breaks, if any. */
function brokenRule(field: FieldModel, model: ApiModel): string | undefined {
  const value = field.defaultValue;
  if (value === undefined || field.repeated) return undefined;
  if (field.type.kind === "enum") {
    const { typeName } = field.type;
    const type = model.enums.find((candidate) => candidate.typeName === typeName);
    const definedOnly = asMap(field.rules.enum).definedOnly === true;
    return definedOnly && type && !type.values.some((item) => item.number === value) ? "enum.defined_only" : undefined;
  }
  if (field.type.kind !== "scalar") return undefined;
  const { scalar } = field.type;
  const rules = asMap(field.rules[scalar]);
  const broken =
    scalar === "string"
      ? firstBroken(LENGTH_RULES, [...String(value)].length, rules)
      : firstBroken(RANGE_RULES, Number(value), rules);
  return broken === undefined ? undefined : `${scalar}.${broken}`;
}

const LENGTH_RULES: Readonly<Record<string, (length: number, limit: number) => boolean>> = {
  minLen: (length, limit) => length < limit,
  maxLen: (length, limit) => length > limit,
};

const RANGE_RULES: Readonly<Record<string, (value: number, limit: number) => boolean>> = {
  gt: (value, limit) => value <= limit,
  gte: (value, limit) => value < limit,
  lt: (value, limit) => value >= limit,
  lte: (value, limit) => value > limit,
};

function firstBroken(checks: typeof RANGE_RULES, value: number, rules: JsonMap): string | undefined {
  return Object.keys(checks).find((name) => {
    const limit = toNumber(rules[name]);
    return limit !== undefined && checks[name]?.(value, limit);
  });
}

/** JSON holds 64-bit numbers, such as lengths, as strings. */
function toNumber(value: JsonMap[string] | undefined): number | undefined {
  return typeof value === "string" ? Number(value) : asNumber(value);
}
