import { ErrorCode } from "@nimkit/sdk/protocol/enums";
import type { Platform } from "../entry.ts";

/** Android's own numbers for the end of a call; it has none for a peer that left by timeout (behaviour.md A.4). */
const ANDROID_CODES: ReadonlyMap<ErrorCode, ErrorCode> = new Map([
  [ErrorCode.CALL_SERVER_DISCONNECTED, ErrorCode.CALLEE_OFFLINE],
  [ErrorCode.CALL_REMOVED, ErrorCode.CALL_KICKED],
  [ErrorCode.CALL_CLOSED, ErrorCode.CALL_CHANNEL_CLOSED],
]);

/** Why a call broke off, as a platform says it. */
export function disconnectCode(code: ErrorCode, platform: Platform): ErrorCode {
  return platform === "android" ? (ANDROID_CODES.get(code) ?? code) : code;
}
