import { randomId } from "../../client/environment.ts";
import type { NimPlatform } from "../../client/headers.ts";
import { systemTimers, type Timers } from "../../client/timers.ts";
import { type ModulePlatform, modulePlatform } from "../../module/platform.ts";

/** Options of the APICloud backend. */
export interface ApicloudOptions {
  /** What the phone runs: it decides spelling and numbers. */
  readonly platform: NimPlatform;
  /** The clock of heartbeats and of the time limit for reading relations. Default: the host's. */
  readonly timers?: Timers;
  /** Wall clock in ms since 1970, for heartbeats. Default: `Date.now`. */
  readonly now?: () => number;
  /** Makes names of epochs. Default: random UUIDs. */
  readonly ids?: () => string;
}

/** The native module and what its callers share. */
export interface Native {
  readonly platform: ModulePlatform;
  readonly timers: Timers;
  readonly now: () => number;
  readonly ids: () => string;
  /** The module's function of this name, or undefined when this version or platform lacks it. */
  find(name: string): ((...args: readonly unknown[]) => unknown) | undefined;
}

/** Wraps what `api.require("nim")` returned. */
export function wrapNative(module: object, options: ApicloudOptions): Native {
  const { timers = systemTimers, now = Date.now, ids = randomId } = options;
  return {
    platform: modulePlatform(options.platform),
    timers,
    now,
    ids,
    find(name) {
      const found: unknown = Reflect.get(module, name);
      // Called as its method: native modules look at `this`.
      return typeof found === "function" ? (...args) => Reflect.apply(found, module, args) : undefined;
    },
  };
}
