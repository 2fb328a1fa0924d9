import type { ApiModel, FieldModel, JsonMap } from '../model/api-model.ts';
import { asMap, asNumber } from '../model/options.ts';
import { type Check, errorAt } from './check-model.ts';
import type { Diagnostic } from './diagnostic.ts';

/** Fields that contradict themselves (NK501–NK504). */
export const checkFields: Check = (model) =>
  model.messages.flatMap((message) => {
    const annotated = model.annotated.includes(message.package);
    const ids = message.fields.filter((field) => field.clientId);
    return message.fields.flatMap((field): readonly Diagnostic[] => {
      const name = `${message.typeName}.${field.name}`;
      const found: Diagnostic[] = [];
      if (field.required && field.defaultValue !== undefined) {
        found.push(errorAt(field, 'NK501', `${name}: a required field never takes its default.`, 'Remove `required` or `default`.'));
      }
      const broken = brokenRule(field, model);
      if (broken !== undefined) {
        found.push(errorAt(field, 'NK502', `${name}: the default ${String(field.defaultValue)} breaks the field's own rule ${broken}.`, 'Change the default or the rule.'));
      }
      if (field.clientId && (ids[0] !== field || field.repeated || field.type.kind !== 'scalar' || field.type.scalar !== 'string')) {
        found.push(errorAt(field, 'NK503', `${name}: client_id is for one string field of a request.`, 'Keep it on the field that holds the id.'));
      }
      if (annotated && field.type.kind === 'scalar' && /64$/.test(field.type.scalar) && !field.type.longAsString) {
        found.push(errorAt(field, 'NK504', `${name}: ${field.type.scalar} would be a bigint in TypeScript.`, 'Use uint32, or double for instants.'));
      }
      return found;
    });
  });

/** Name of the rule that the default breaks, if any. */
function brokenRule(field: FieldModel, model: ApiModel): string | undefined {
  const value = field.defaultValue;
  if (value === undefined || field.repeated) return undefined;
  if (field.type.kind === 'enum') {
    const { typeName } = field.type;
    const type = model.enums.find((candidate) => candidate.typeName === typeName);
    const definedOnly = asMap(field.rules['enum'])['definedOnly'] === true;
    return definedOnly && type && !type.values.some((item) => item.number === value) ? 'enum.defined_only' : undefined;
  }
  if (field.type.kind !== 'scalar') return undefined;
  const { scalar } = field.type;
  const rules = asMap(field.rules[scalar]);
  const broken = typeof value === 'string' ? brokenLength([...value].length, rules) : typeof value === 'number' ? brokenRange(value, rules) : undefined;
  return broken === undefined ? undefined : `${scalar}.${broken}`;
}

function brokenLength(length: number, rules: JsonMap): string | undefined {
  if (length < (toNumber(rules['minLen']) ?? 0)) return 'min_len';
  return length > (toNumber(rules['maxLen']) ?? Number.POSITIVE_INFINITY) ? 'max_len' : undefined;
}

function brokenRange(value: number, rules: JsonMap): string | undefined {
  if (value < (toNumber(rules['gte']) ?? Number.NEGATIVE_INFINITY)) return 'gte';
  if (value > (toNumber(rules['lte']) ?? Number.POSITIVE_INFINITY)) return 'lte';
  if (value <= (toNumber(rules['gt']) ?? Number.NEGATIVE_INFINITY)) return 'gt';
  return value >= (toNumber(rules['lt']) ?? Number.POSITIVE_INFINITY) ? 'lt' : undefined;
}

/** JSON holds 64-bit numbers, such as lengths, as strings. */
function toNumber(value: JsonMap[string] | undefined): number | undefined {
  return typeof value === 'string' ? Number(value) : asNumber(value);
}
