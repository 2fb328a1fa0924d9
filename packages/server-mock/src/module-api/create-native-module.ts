import type { NimClient, NimPlatform } from "@nimkit/sdk";
import { createNimModule, type NimModule } from "@nimkit/sdk/module";
import type { MockBackend } from "../index.ts";

/** Which phone a fake module is on. */
export interface NativeModuleOptions {
  /** The phone's platform: it decides numbers, spelling and codes. Default: `ios`. */
  readonly platform?: NimPlatform;
  /** The phone's device id. Default: a fresh one for each module. */
  readonly deviceId?: string;
}

/** What a fake module stands on: a backend, or a client that the test has already, with its platform. */
export type NativeModuleSource = MockBackend | { readonly client: NimClient; readonly platform?: NimPlatform };

/**
 * What `api.require("nim")` gives on a phone, over the mock: for testing apps and the apicloud backend without one.
 * @throws {NimError} 414 when the device id cannot travel in a header.
 */
export function createNativeModule(source: NativeModuleSource, options: NativeModuleOptions = {}): NimModule {
  if ("client" in source) return createNimModule(source);
  return createNimModule({ platform: "ios", ...options, transport: source.transport() });
}
