import { create, type DescField, type DescMessage, type Message, ScalarType } from "@bufbuild/protobuf";
import * as fc from "fast-check";
import { isOnPlatform } from "../../src/module/enum-shapes.ts";
import { fieldShapes } from "../../src/module/field-shapes.ts";
import type { ModulePlatform } from "../../src/module/platform.ts";
import { lacksField } from "../../src/module/quirks.ts";

const json = fc.dictionary(
  fc.stringMatching(/^[a-z]{1,8}$/),
  fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null), fc.array(fc.integer())),
  { noNullPrototype: true },
);

function scalar(type: ScalarType): fc.Arbitrary<unknown> {
  if (type === ScalarType.BOOL) return fc.boolean();
  if (type === ScalarType.UINT32) return fc.nat();
  if (type === ScalarType.DOUBLE) return fc.double({ noNaN: true, noDefaultInfinity: true });
  // A text that no number or blank is mistaken for is enough here; the rest is in the tests of parameters.
  return fc.string({ minLength: 1 });
}

function item(field: DescField, platform: ModulePlatform): fc.Arbitrary<unknown> {
  if (field.enum !== undefined) {
    const desc = field.enum;
    return fc.constantFrom(...desc.values.map(({ number }) => number).filter((n) => isOnPlatform(desc, n, platform)));
  }
  if (field.message === undefined) return scalar(field.scalar ?? ScalarType.STRING);
  return field.message.typeName === "google.protobuf.Struct" ? json : messageOf(field.message, platform);
}

/** Messages that hold only what the module carries on this platform. */
export function messageOf(schema: DescMessage, platform: ModulePlatform): fc.Arbitrary<Message> {
  const fields = fieldShapes(schema, platform).map(({ field, inline }) => {
    const value = item(field, platform);
    const some = field.fieldKind === "list" ? fc.array(value, { maxLength: 3 }) : value;
    return [field.localName, inline ? some : fc.option(some, { nil: undefined, freq: 3 })] as const;
  });
  return fc.record(Object.fromEntries(fields)).map((values) => {
    const message = create(schema);
    for (const field of schema.fields) {
      const value = values[field.localName];
      if (value === undefined || lacksField(`${schema.typeName}.${field.name}`, values, platform)) continue;
      Reflect.set(message, field.localName, value);
    }
    return message;
  });
}
