import { createNimClient, type NimClient, type NimClientOptions } from "../client/create-nim-client.ts";
import { reportListenerError } from "../client/environment.ts";
import type { NimPlatform } from "../client/headers.ts";
import { moduleEntries } from "../gen/module-table.ts";
import type { NimModule } from "../gen/module-types.ts";
import { createCallEntry, createSynchronousEntry, type EntryFunction, type ModuleContext } from "./call-entry.ts";
import { createListenerEntry, watchLogin } from "./listener-entry.ts";
import type { NimLanguage } from "./module-error.ts";
import { modulePlatform } from "./platform.ts";

/** Options of a module that do not depend on its client. */
interface ModuleSettings {
  /** Language of `errorMessage`. Default: `zh`, as in the native module. */
  readonly language?: NimLanguage;
}

/** A module over a client of its own: where its calls go, and the settings of that client (platform default: `ios`). */
type OwnClient = NimClientOptions & { readonly client?: undefined };

/** A module over a client that the app has too, which then owns it: closing it silences the module. */
interface GivenClient {
  readonly client: NimClient;
  /** Whose numbers and spelling to use; say what the client claims to be. Default: `ios`. */
  readonly platform?: NimPlatform;
  /** Takes what a callback throws. Default: the host's `reportError`, else the console. */
  readonly onListenerError?: (error: unknown) => void;
}

/** Options of `createNimModule`. */
export type NimModuleOptions = ModuleSettings & (OwnClient | GivenClient);

function clientOf(options: NimModuleOptions): NimClient {
  return options.client ?? createNimClient({ platform: "ios", ...options });
}

/**
 * Makes the callback module: every entry that `api.require("nim")` has on a phone, with its spelling, its result
 * shapes and its `{ errorCode, errorMessage }` errors.
 *
 * - A callback gets `(ret, err)`; the one that does not apply is undefined. It never runs before the call returns.
 * - The three synchronous entries return a plain boolean from what the client knows; without usable parameters, false.
 * - Registering a listener again adds a callback; the same function counts once.
 * - On Android `onIMLogin` reports the current step at once. A step or reason that the platform has no number for is
 *   not reported, as on the phone.
 * - Parameters that an entry does not have are ignored. One of the wrong kind gives error -1 that names it.
 *
 * @throws {NimError} 414 when the device id cannot travel in a header.
 */
export function createNimModule(options: NimModuleOptions): NimModule {
  const context: ModuleContext = {
    client: clientOf(options),
    platform: modulePlatform(options.platform ?? "ios"),
    language: options.language ?? "zh",
    report: options.onListenerError ?? reportListenerError,
  };
  const login = watchLogin(context.client, context.platform);
  const functions: Record<string, EntryFunction> = {};
  for (const entry of moduleEntries) {
    if (entry.kind === "listener") functions[entry.name] = createListenerEntry(entry, context, login);
    else if (entry.kind === "synchronous") functions[entry.name] = createSynchronousEntry(entry, context);
    else functions[entry.name] = createCallEntry(entry, context);
  }
  // The loop follows the same schema as the generated interface.
  return functions as object as NimModule;
}
