import type { NimPlatform } from "../client/headers.ts";

/** A platform that the callback module exists for. */
export type ModulePlatform = "ios" | "android";

/** Whose spelling and numbers a platform uses: a browser counts as iOS. */
export function modulePlatform(platform: NimPlatform): ModulePlatform {
  return platform === "android" ? "android" : "ios";
}
