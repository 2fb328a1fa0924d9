import type { NimModule } from "../gen/module-types.ts";
import { createNimModule, type NimModuleOptions } from "./create-nim-module.ts";

/** The part of APICloud's global `api` that hands out modules. */
export interface ApiHost {
  /** The module of this name. @throws {Error} for a name that nobody provides. */
  require(name: "nim"): NimModule;
}

/** Options of `installApi`: a module that is already made, or what `createNimModule` takes. */
export type InstallApiOptions = { readonly module: NimModule } | (NimModuleOptions & { readonly module?: undefined });

function isHost(value: unknown): value is object {
  return (typeof value === "object" && value !== null) || typeof value === "function";
}

function delegate(previous: unknown, name: unknown): unknown {
  const require: unknown = isHost(previous) ? Reflect.get(previous, "require") : undefined;
  if (typeof require === "function") return Reflect.apply(require, previous, [name]);
  throw new Error(`api.require('${String(name)}'): only 'nim' is provided here; install this module on your own api`);
}

/**
 * Provides the global `api` with `require("nim")`, so that an app written for the phone runs unchanged. An `api` that
 * is already there keeps its other members, and its `require` answers for all other names.
 * @returns a function that puts the former `api` back.
 */
export function installApi(options: InstallApiOptions): () => void {
  const nim = options.module ?? createNimModule(options);
  const previous: unknown = Reflect.get(globalThis, "api");
  const had = Reflect.has(globalThis, "api");
  const host = { require: (name: unknown): unknown => (name === "nim" ? nim : delegate(previous, name)) };
  const api = isHost(previous)
    ? new Proxy(previous, {
        get(target, key) {
          if (key === "require") return host.require;
          const value: unknown = Reflect.get(target, key, target);
          // Members of a host object often insist on being called on it.
          return typeof value === "function" ? value.bind(target) : value;
        },
        has: (target, key) => key === "require" || Reflect.has(target, key),
      })
    : host;
  Reflect.set(globalThis, "api", api);
  return () => {
    // Whoever replaced it since keeps the place.
    if (Reflect.get(globalThis, "api") !== api) return;
    if (had) Reflect.set(globalThis, "api", previous);
    else Reflect.deleteProperty(globalThis, "api");
  };
}
