import { Code, ConnectError } from "@connectrpc/connect";
import { codeFromString } from "@connectrpc/connect/protocol-connect";
import { errorTable } from "../../gen/errors.ts";
import { ErrorCode, ErrorDetailSchema } from "../../gen/nim/v1/error_pb.ts";
import { isObject } from "../../module/coerce.ts";

/** What a native callback says went wrong. */
export interface NativeFailure {
  readonly code: number;
  readonly message: string;
}

/** Reads the second argument of a native callback; undefined when it tells of no error. */
export function readFailure(err: unknown): NativeFailure | undefined {
  if (!isObject(err)) return undefined;
  const code = typeof err.errorCode === "string" ? Number(err.errorCode) : err.errorCode;
  if (typeof code !== "number" || !Number.isInteger(code)) return undefined;
  return { code, message: typeof err.errorMessage === "string" ? err.errorMessage : "" };
}

/** True for numbers such as 808 and 810, which natively look like errors and mean that the call worked. */
export function isSuccess({ code }: NativeFailure): boolean {
  return errorTable[code]?.success === true;
}

/** The error that the mock's server gives for the same code, with the phone's own words as its Chinese text. */
export function toConnectError({ code, message }: NativeFailure): ConnectError {
  const info = errorTable[code];
  const detail = {
    code: code as ErrorCode,
    textEn: info?.en ?? message,
    textZh: message || (info?.zh ?? ""),
  };
  const connectCode = codeFromString(info?.connect ?? "unknown") ?? Code.Unknown;
  return new ConnectError(`[${code}] ${message || detail.textEn}`, connectCode, undefined, [
    { desc: ErrorDetailSchema, value: detail },
  ]);
}

/** The device is not logged in. iOS has a local code for it; Android reports a request without an answer. */
export function notLoggedIn(platform: "ios" | "android"): ConnectError {
  const code = platform === "ios" ? ErrorCode.NOT_LOGGED_IN : ErrorCode.TIMEOUT;
  const { rawMessage, details } = toConnectError({ code, message: "" });
  const error = new ConnectError(rawMessage, Code.Unauthenticated);
  error.details = details;
  return error;
}

/** The module cannot do this. */
export function unsupported(what: string): ConnectError {
  return new ConnectError(
    `${what} is unsupported by this backend: the native module does not have it`,
    Code.Unimplemented,
  );
}
