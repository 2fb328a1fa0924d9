import { nimServices } from "../../gen/client.ts";
import type { NimMethod } from "../../gen/errors.ts";
import { rpcs } from "../../module/entries.ts";

/** `native`: an entry of the module. `derived`: made of several. `unsupported`: rejects before anything happens. */
export type Capability = "native" | "derived" | "unsupported";

/** Rpcs that the bridge makes out of listeners and several entries. */
const DERIVED: ReadonlySet<string> = new Set([`event.${nimServices.event.method.subscribe.localName}`]);

/**
 * What this backend can do for each rpc. With the native module at hand, entries that its version or platform lacks
 * are `unsupported` too.
 */
export function apicloudCapabilities(nativeNim?: object): Readonly<Record<NimMethod, Capability>> {
  const of = (name: string): Capability => {
    if (DERIVED.has(name)) return "derived";
    const entry = rpcs.get(name)?.entry;
    if (entry === undefined) return "unsupported";
    const present = nativeNim === undefined || typeof Reflect.get(nativeNim, entry.name) === "function";
    return present ? "native" : "unsupported";
  };
  return Object.fromEntries([...rpcs.keys()].map((name) => [name, of(name)])) as Record<NimMethod, Capability>;
}
