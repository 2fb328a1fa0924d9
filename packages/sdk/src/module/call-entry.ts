import type { DescMessage, Message } from "@bufbuild/protobuf";
import type { NimClient } from "../client/create-nim-client.ts";
import { isolate } from "../events/listeners.ts";
import type { ModuleEntry } from "../gen/module-table.ts";
import type { NimModuleError } from "../gen/module-types.ts";
import { isObject } from "./coerce.ts";
import { rpcOf } from "./entries.ts";
import { fieldShapes } from "./field-shapes.ts";
import { EmptyResultError, type NimLanguage, toModuleError } from "./module-error.ts";
import type { ModulePlatform } from "./platform.ts";
import { neverFails } from "./quirks.ts";
import { fromModule, type ModuleObject, toModule } from "./shape.ts";
import { ShapeError } from "./shape-error.ts";

/** What every entry of one module shares. */
export interface ModuleContext {
  readonly client: NimClient;
  readonly platform: ModulePlatform;
  readonly language: NimLanguage;
  /** Takes what an app's callback throws. */
  readonly report: (error: unknown) => void;
}

/** A callback of the app: result or error, the other one undefined. */
export type ModuleCallback = (ret: ModuleObject | undefined, err: NimModuleError | undefined) => void;

/** An entry as the app calls it. */
export type EntryFunction = (...args: readonly unknown[]) => unknown;

function isCallback(value: unknown): value is ModuleCallback {
  return typeof value === "function";
}

/** The arguments `(params?, callback?)`: an entry without parameters is called with its callback alone. */
function splitArguments(args: readonly unknown[]): { params: unknown; callback: ModuleCallback | undefined } {
  const [first, second] = args;
  if (isCallback(first)) return { params: undefined, callback: first };
  return { params: first, callback: isCallback(second) ? second : undefined };
}

function readParams(schema: DescMessage, params: unknown, platform: ModulePlatform): Message {
  if (params !== undefined && params !== null && !isObject(params)) throw new ShapeError("params", "an object");
  return fromModule(schema, isObject(params) ? params : {}, platform);
}

/** The client's own function for `service.method`. */
function clientFunction(client: NimClient, target: string): (request: unknown) => unknown {
  const [service = "", method = ""] = target.split(".");
  const api: unknown = Reflect.get(client, service);
  const call: unknown = typeof api === "object" && api !== null ? Reflect.get(api, method) : undefined;
  if (typeof call !== "function") throw new Error(`the client has no ${target}`);
  return (request) => Reflect.apply(call, api, [request]);
}

function assertNotEmpty(schema: DescMessage, response: Message, platform: ModulePlatform): void {
  for (const { field, emptyIsError } of fieldShapes(schema, platform)) {
    const value: unknown = Reflect.get(response, field.localName);
    if (emptyIsError && Array.isArray(value) && value.length === 0)
      throw new EmptyResultError(`${field.name} is empty`);
  }
}

function isStream(value: unknown): value is AsyncIterable<Message> {
  return typeof value === "object" && value !== null && Symbol.asyncIterator in value;
}

/** An entry that calls back: once, or for a `progress` entry once per step. An error is always the last call. */
export function createCallEntry(entry: ModuleEntry, context: ModuleContext): EntryFunction {
  const { client, platform, language, report } = context;
  const rpc = rpcOf(entry);
  const { input, output } = rpc.method;
  const call = clientFunction(client, rpc.name);
  const status: ModuleObject = entry.status ? { status: true } : {};

  const succeed = (response: Message, callback: ModuleCallback | undefined): void => {
    assertNotEmpty(output, response, platform);
    const ret = { ...status, ...toModule(output, response, platform) };
    isolate(() => callback?.(ret, undefined), report);
  };

  async function run(params: unknown, callback: ModuleCallback | undefined): Promise<void> {
    // Reading the parameters at once: what the app changes in its object afterwards does not count.
    const answer = call(readParams(input, params, platform));
    if (!isStream(answer)) return succeed((await answer) as Message, callback);
    for await (const step of answer) succeed(step, callback);
  }

  return (...args) => {
    const { params, callback } = splitArguments(args);
    run(params, callback).catch((reason: unknown) => {
      if (neverFails(rpc.name, platform)) isolate(() => callback?.({ ...status }, undefined), report);
      else isolate(() => callback?.(undefined, toModuleError(reason, rpc, platform, language)), report);
    });
  };
}

/** An entry that answers at once from what the client knows. Without usable parameters the answer is false. */
export function createSynchronousEntry(entry: ModuleEntry, context: ModuleContext): EntryFunction {
  const { client, platform } = context;
  const rpc = rpcOf(entry);
  const { input, localName } = rpc.method;
  const shapes = fieldShapes(input, platform);
  const ask: unknown = Reflect.get(client, localName);
  if (typeof ask !== "function") throw new Error(`the client has no ${localName}`);
  return (params) => {
    try {
      const request = readParams(input, params, platform);
      return Reflect.apply(
        ask,
        client,
        shapes.map(({ field }): unknown => Reflect.get(request, field.localName)),
      );
    } catch (error) {
      if (error instanceof ShapeError) return false;
      throw error;
    }
  };
}
