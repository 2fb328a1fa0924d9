import type { DescField, DescMessage } from "@bufbuild/protobuf";
import { type ModuleFieldView, moduleFields } from "../gen/module-table.ts";
import type { ModulePlatform } from "./platform.ts";

/** A field as the module shows it on one platform. */
export interface FieldShape {
  readonly field: DescField;
  /** The module's spelling, for input and output. */
  readonly name: string;
  /** Every spelling that input may use, the module's own first. */
  readonly spellings: readonly string[];
  /** The fields of this message stand in its place. */
  readonly inline: boolean;
  /** The module wraps the message in an array. */
  readonly listOfOne: boolean;
  /** The module gives error -1 instead of an empty list. */
  readonly emptyIsError: boolean;
}

const looks: Readonly<Record<string, Readonly<Record<string, ModuleFieldView>>>> = moduleFields;

function look(schema: DescMessage, field: DescField): ModuleFieldView {
  return looks[schema.typeName]?.[field.localName] ?? {};
}

function shapesOf(schema: DescMessage, platform: ModulePlatform): FieldShape[] {
  const visible = schema.fields.filter((field) => {
    const { hidden, platforms } = look(schema, field);
    return hidden !== true && (platforms === undefined || platforms.includes(platform));
  });
  const nameOf = (field: DescField): string => look(schema, field).name ?? field.jsonName;
  const taken = new Set(visible.flatMap((field) => [nameOf(field), ...(look(schema, field).aliases ?? [])]));
  return visible.map((field) => {
    const { aliases = [], inline, listOfOne, emptyIsError } = look(schema, field);
    const name = nameOf(field);
    // The schema's good spelling is welcome too, unless another field of the message goes by it.
    const good = taken.has(field.jsonName) ? [] : [field.jsonName];
    return {
      field,
      name,
      spellings: [name, ...aliases, ...good],
      inline: inline === true,
      listOfOne: listOfOne === true,
      emptyIsError: emptyIsError === true,
    };
  });
}

const cache: Record<ModulePlatform, WeakMap<DescMessage, readonly FieldShape[]>> = {
  ios: new WeakMap(),
  android: new WeakMap(),
};

/** The fields of a message that the module has on this platform: neither hidden extensions nor the other platform's. */
export function fieldShapes(schema: DescMessage, platform: ModulePlatform): readonly FieldShape[] {
  const known = cache[platform].get(schema);
  if (known !== undefined) return known;
  const made = shapesOf(schema, platform);
  cache[platform].set(schema, made);
  return made;
}

/** The fields that the module does not have on any platform. */
export function hiddenFields(schema: DescMessage): readonly DescField[] {
  return schema.fields.filter((field) => look(schema, field).hidden === true);
}
