import { type DescMessage, type Message, type Registry, toJson } from "@bufbuild/protobuf";

import type { Json, JsonMap, PlatformName } from "./api-model.ts";

/** Package of the options that this generator understands. */
export const OPTIONS_PACKAGE = "nimkit.options.v1";
/** Package of the validation rules. */
export const RULES_PACKAGE = "buf.validate";
/** Packages that describe other schemas and are never part of an API. */
export const HELPER_PACKAGES: readonly string[] = [OPTIONS_PACKAGE, RULES_PACKAGE, "google.protobuf"];

/** The options of one element as JSON: own ones by name, extensions as `[package.name]`. */
export function readOptions(schema: DescMessage, options: Message | undefined, registry: Registry): JsonMap {
  if (!options) return {};
  return asMap(toJson(schema, options, { registry }));
}

/** A Nimkit option of an element, such as `field`; empty if it is not set. */
export function nimkitOption(options: JsonMap, name: string): JsonMap {
  return asMap(options[`[${OPTIONS_PACKAGE}.${name}]`]);
}

/** The validation rules of an element: `field`, `oneof` or `message`. */
export function validationRules(options: JsonMap, name: string): JsonMap {
  return asMap(options[`[${RULES_PACKAGE}.${name}]`]);
}

/** The value if it is an object, else an empty one. */
export function asMap(value: unknown): JsonMap {
  return isJsonMap(value) ? value : {};
}

function isJsonMap(value: unknown): value is JsonMap {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value if it is a string, else the empty string. */
export function asString(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}

/** The value if it is a number. */
export function asNumber(value: Json | undefined): number | undefined {
  return typeof value === "number" ? value : undefined;
}

/** The strings of a list. */
export function asStrings(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];
}

/** The numbers of a list. */
export function asNumbers(value: Json | undefined): readonly number[] {
  return Array.isArray(value) ? value.filter((item): item is number => typeof item === "number") : [];
}

/** The platforms of a list of `PLATFORM_…` names; empty means both. */
export function asPlatforms(value: Json | undefined): readonly PlatformName[] {
  const platforms: PlatformName[] = [];
  for (const name of asStrings(value)) {
    if (name === "PLATFORM_IOS") platforms.push("ios");
    if (name === "PLATFORM_ANDROID") platforms.push("android");
  }
  return platforms;
}
