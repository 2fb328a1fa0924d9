import { create, type DescField, type DescMessage, type MessageInitShape, type MessageShape } from "@bufbuild/protobuf";
import type { NimPlatform } from "../client/headers.ts";
import { fieldShapes } from "./field-shapes.ts";
import { modulePlatform } from "./platform.ts";
import { fromModule, toModule } from "./shape.ts";

/**
 * What of a typed message survives a trip through the callback module of this platform: extensions and the other
 * platform's fields are gone, and values that the platform gives one number are one. Apply it to both sides before
 * comparing a backend with the native module.
 */
export function project<Desc extends DescMessage>(
  platform: NimPlatform,
  value: MessageInitShape<Desc>,
  schema: Desc,
): MessageShape<Desc> {
  const carrier = modulePlatform(platform);
  return fromModule(schema, toModule(schema, create(schema, value), carrier), carrier, "lenient");
}

/** False for a field that the callback module does not have on this platform: an extension, or the other platform's. */
export function isCarried(platform: NimPlatform, field: DescField): boolean {
  return fieldShapes(field.parent, modulePlatform(platform)).some((shape) => shape.field.number === field.number);
}
