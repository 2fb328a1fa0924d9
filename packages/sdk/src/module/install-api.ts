import { createNimClient } from "../client/create-nim-client.ts";
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

/** Replaces one property for a while; the result puts back what was there, unless somebody replaced it since. */
function override(target: object, key: string, value: unknown): () => void {
  const before = Reflect.getOwnPropertyDescriptor(target, key);
  if (!Reflect.defineProperty(target, key, { value, configurable: true, enumerable: true, writable: true })) {
    throw new Error(`installApi: '${key}' cannot be replaced; pass the module to your app in another way`);
  }
  return () => {
    if (Reflect.get(target, key) !== value) return;
    if (before === undefined) Reflect.deleteProperty(target, key);
    else Reflect.defineProperty(target, key, before);
  };
}

/** The module, and how to end what was made for it here: a client or module that was passed in is its owner's. */
function moduleOf(options: InstallApiOptions): { readonly nim: NimModule; close(): void } {
  if (options.module !== undefined) return { nim: options.module, close: () => undefined };
  if (options.client !== undefined) return { nim: createNimModule(options), close: () => undefined };
  const client = createNimClient({ platform: "ios", ...options });
  return { nim: createNimModule({ ...options, client }), close: () => client.close() };
}

/**
 * Provides the global `api` with `require("nim")`, so that an app written for the phone runs unchanged. An `api` that
 * is already there stays, only its `require` is replaced, and the former one still answers for all other names.
 * @returns a function that takes it back, and closes the client if `installApi` made one.
 * @throws {Error} when an `api` that is already there is frozen.
 */
export function installApi(options: InstallApiOptions): () => void {
  const { nim, close } = moduleOf(options);
  const host: unknown = Reflect.get(globalThis, "api");
  const former: unknown = isHost(host) ? Reflect.get(host, "require") : undefined;

  const require = (name: unknown): unknown => {
    if (name === "nim") return nim;
    if (typeof former === "function") return Reflect.apply(former, host, [name]);
    throw new Error(`api.require('${String(name)}'): only 'nim' is provided here`);
  };
  const restore = isHost(host) ? override(host, "require", require) : override(globalThis, "api", { require });
  return () => {
    restore();
    close();
  };
}
