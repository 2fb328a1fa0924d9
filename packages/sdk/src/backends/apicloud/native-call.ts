import { clone, create, type DescMessage, isFieldSet, type Message } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { clientIdFields } from "../../gen/client.ts";
import { ErrorCode } from "../../gen/nim/v1/error_pb.ts";
import { isObject } from "../../module/coerce.ts";
import type { Rpc } from "../../module/entries.ts";
import { fieldShapes, hiddenFields } from "../../module/field-shapes.ts";
import type { ModulePlatform } from "../../module/platform.ts";
import { CALLBACK_ONLY, isClosingEvent, SILENT_WHEN_LOGGED_OUT } from "../../module/quirks.ts";
import { fromModule, type ModuleObject, toModule } from "../../module/shape.ts";
import type { Native } from "./native.ts";
import { isSuccess, notLoggedIn, readFailure, toConnectError, unsupported } from "./native-error.ts";
import { createPushQueue, type PushQueue } from "./push-queue.ts";

/** Callbacks of one native call that may wait for their reader; more than any recording or download gives. */
const PROGRESS_LIMIT = 10_000;

/** An extension that the module cannot carry must not be dropped in silence: the call would mean something else. */
function assertCarried(rpc: Rpc, request: Message): void {
  for (const field of hiddenFields(rpc.method.input)) {
    const value: unknown = Reflect.get(request, field.localName);
    const isOwnId = clientIdFields[rpc.name] === field.localName;
    const empty = field.fieldKind === "list" && Array.isArray(value) && value.length === 0;
    if (isOwnId || empty || !isFieldSet(request, field)) continue;
    const isDefault = (field.fieldKind === "scalar" || field.fieldKind === "enum") && field.getDefaultValue() === value;
    if (!isDefault) throw unsupported(`${rpc.name} with '${field.jsonName}'`);
  }
}

/** The parameters in the module's shape. Declared defaults are written out: the module calls some of them required. */
function paramsOf(schema: DescMessage, request: Message, platform: ModulePlatform): ModuleObject {
  const filled = clone(schema, request);
  for (const { field } of fieldShapes(schema, platform)) {
    if ((field.fieldKind !== "scalar" && field.fieldKind !== "enum") || isFieldSet(filled, field)) continue;
    const value = field.getDefaultValue();
    if (value !== undefined) Reflect.set(filled, field.localName, value);
  }
  return toModule(schema, filled, platform);
}

/** The arguments before the callback. */
function argumentsOf(rpc: Rpc, request: Message, platform: ModulePlatform): ModuleObject[] {
  const { input } = rpc.method;
  if (fieldShapes(input, platform).length === 0) return [];
  const params = paramsOf(input, request, platform);
  return CALLBACK_ONLY.has(rpc.name) && Object.keys(params).length === 0 ? [] : [params];
}

function emptyIsError(rpc: Rpc, platform: ModulePlatform): boolean {
  return fieldShapes(rpc.method.output, platform).some((shape) => shape.emptyIsError);
}

/** The response of a callback's two arguments. @throws {ConnectError} what the native side reports */
function readAnswer(native: Native, rpc: Rpc, ret: unknown, err: unknown): Message {
  const { output } = rpc.method;
  const failure = readFailure(err);
  if (failure !== undefined && isSuccess(failure)) {
    // 808 and 810: done, and somebody else has to agree.
    const response = create(output);
    if (output.field.pending !== undefined) Reflect.set(response, "pending", true);
    return response;
  }
  if (failure !== undefined) {
    const nothing = failure.code === ErrorCode.MISSING_ARGUMENT && emptyIsError(rpc, native.platform);
    if (nothing) return create(output);
    throw toConnectError(failure);
  }
  const result = isObject(ret) ? ret : {};
  if (rpc.entry?.status === true && result.status === false) {
    throw toConnectError({ code: ErrorCode.SERVER_ERROR, message: "" });
  }
  return fromModule(output, result, native.platform, "lenient");
}

function functionOf(native: Native, rpc: Rpc): (...args: readonly unknown[]) => unknown {
  const call = rpc.entry === undefined ? undefined : native.find(rpc.entry.name);
  if (call === undefined) throw unsupported(rpc.name);
  const silent = native.platform === "android" && SILENT_WHEN_LOGGED_OUT.has(rpc.name);
  if (silent && native.find("isLogined")?.() === false) throw notLoggedIn(native.platform);
  return call;
}

function nativeThrew(rpc: Rpc, reason: unknown): ConnectError {
  return reason instanceof ConnectError
    ? reason
    : new ConnectError(
        `the native module threw in ${rpc.name}: ${String(reason)}`,
        Code.Internal,
        undefined,
        [],
        reason,
      );
}

/** Calls an entry that calls back once, or answers at once. @throws {ConnectError} */
export function callNative(native: Native, rpc: Rpc, request: Message): Promise<Message> {
  return new Promise((resolve, reject) => {
    try {
      const call = functionOf(native, rpc);
      assertCarried(rpc, request);
      const args = argumentsOf(rpc, request, native.platform);
      if (rpc.entry?.kind === "synchronous") {
        resolve(readSynchronous(rpc, call(...args)));
        return;
      }
      call(...args, (ret: unknown, err: unknown) => {
        try {
          resolve(readAnswer(native, rpc, ret, err));
        } catch (error) {
          reject(error);
        }
      });
    } catch (reason) {
      reject(nativeThrew(rpc, reason));
    }
  });
}

/** A synchronous entry gives a bare boolean; its response has that one field. */
function readSynchronous(rpc: Rpc, answer: unknown): Message {
  const response = create(rpc.method.output);
  const [field] = rpc.method.output.fields;
  if (field !== undefined) Reflect.set(response, field.localName, answer === true || answer === "true");
  return response;
}

/** A running call of several callbacks; ending its queue stops the reading, not the phone. */
export interface NativeProgress {
  readonly request: Message;
  readonly steps: PushQueue<Message>;
}

/** Calls an entry that calls back several times. @throws {ConnectError} also while it is read */
export function startNative(native: Native, rpc: Rpc, request: Message): NativeProgress {
  const steps = createPushQueue<Message>(PROGRESS_LIMIT);
  try {
    const call = functionOf(native, rpc);
    assertCarried(rpc, request);
    call(...argumentsOf(rpc, request, native.platform), (ret: unknown, err: unknown) => {
      try {
        steps.push(readAnswer(native, rpc, ret, err));
        if (isObject(ret) && isClosingEvent(ret.evenType)) steps.end();
      } catch (error) {
        steps.end(error instanceof Error ? error : new Error(String(error)));
      }
    });
  } catch (reason) {
    throw nativeThrew(rpc, reason);
  }
  return { request, steps };
}
