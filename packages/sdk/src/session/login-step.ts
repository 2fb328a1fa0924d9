import { create } from "@bufbuild/protobuf";
import { Code } from "@connectrpc/connect";
import type { NimPlatform } from "../client/headers.ts";
import type { NimError } from "../client/nim-error.ts";
import type { NimEvent } from "../events/emitter.ts";
import { LoginStep } from "../gen/nim/v1/auth_pb.ts";
import { ErrorCode } from "../gen/nim/v1/error_pb.ts";
import { LoginStepChangedSchema } from "../gen/nim/v1/event_pb.ts";

/** The event that says how far the login is. The SDK makes it; the server knows nothing of it. */
export function loginStepEvent(step: LoginStep): NimEvent {
  return { name: "loginStep", value: create(LoginStepChangedSchema, { step }) };
}

/** Steps in which Android tells failures of a login apart; iOS has one for all of them. */
const ANDROID_FAILURES: ReadonlyMap<ErrorCode, LoginStep> = new Map<ErrorCode, LoginStep>([
  [ErrorCode.INVALID_PASSWORD, LoginStep.AUTH_FAILED],
  [ErrorCode.NOT_FOUND, LoginStep.AUTH_FAILED],
  [ErrorCode.BAD_PARAMETER, LoginStep.AUTH_FAILED],
  [ErrorCode.FORBIDDEN, LoginStep.FORBIDDEN],
  [ErrorCode.ACCOUNT_BANNED, LoginStep.FORBIDDEN],
  [ErrorCode.VERSION_FORBIDDEN, LoginStep.VERSION_REJECTED],
  [ErrorCode.ALREADY_EXISTS, LoginStep.KICKED],
]);

/** The steps after `connecting` of a login that the server did not let in. */
export function failedSteps(error: NimError, platform: NimPlatform): LoginStep[] {
  const answered = error.connectCode !== Code.Unavailable && error.connectCode !== Code.DeadlineExceeded;
  const gaveUp = error.code === ErrorCode.NOT_CONNECTED || error.code === ErrorCode.TIMEOUT;
  if (!answered || gaveUp) return [LoginStep.CONNECT_FAILED];
  const failure = platform === "android" ? (ANDROID_FAILURES.get(error.code) ?? LoginStep.IDLE) : LoginStep.AUTH_FAILED;
  return [LoginStep.CONNECTED, LoginStep.AUTHENTICATING, failure];
}
