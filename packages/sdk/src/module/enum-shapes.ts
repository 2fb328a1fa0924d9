import type { DescEnum } from "@bufbuild/protobuf";
import { moduleEnums } from "../gen/module-table.ts";
import type { ModulePlatform } from "./platform.ts";

const OTHER: Readonly<Record<ModulePlatform, ModulePlatform>> = { ios: "android", android: "ios" };

/** False for a value that only the other platform has, such as the login step `CONNECTED` on Android. */
export function isOnPlatform(desc: DescEnum, value: number, platform: ModulePlatform): boolean {
  return moduleEnums[desc.typeName]?.[value]?.onlyOn !== OTHER[platform];
}

/** The module's number on this platform, or its string for an enum that is strings there. Unknown numbers stay. */
export function toModuleEnum(desc: DescEnum, value: number, platform: ModulePlatform): number | string {
  const look = moduleEnums[desc.typeName]?.[value];
  return look?.name ?? look?.[platform] ?? value;
}

type Reverse = ReadonlyMap<number | string, number>;

const cache: Record<ModulePlatform, WeakMap<DescEnum, Reverse>> = { ios: new WeakMap(), android: new WeakMap() };

function reverseOf(desc: DescEnum, platform: ModulePlatform): Reverse {
  const known = cache[platform].get(desc);
  if (known !== undefined) return known;
  const made = new Map<number | string, number>();
  for (const { number } of desc.values) {
    if (!isOnPlatform(desc, number, platform)) continue;
    const shown = toModuleEnum(desc, number, platform);
    const key = typeof shown === "string" ? shown.toLowerCase() : shown;
    // Where Android gives two values one number, the later one says more (6: synced, 2: connection lost).
    made.set(key, number);
  }
  cache[platform].set(desc, made);
  return made;
}

/**
 * The wire number of a number or string of the module; strings are compared without case. A number that the platform
 * does not use goes through as it is, so that the receiver may refuse it. Undefined: not an enum value.
 */
export function fromModuleEnum(desc: DescEnum, raw: unknown, platform: ModulePlatform): number | undefined {
  const reverse = reverseOf(desc, platform);
  if (typeof raw === "string") {
    const named = reverse.get(raw.toLowerCase());
    if (named !== undefined) return named;
    if (raw.trim() === "") return undefined;
  }
  const number = typeof raw === "string" ? Number(raw) : raw;
  if (typeof number !== "number" || !Number.isInteger(number)) return undefined;
  return reverse.get(number) ?? number;
}
