import { isFieldError } from "@bufbuild/protobuf/reflect";
import { Code, ConnectError } from "@connectrpc/connect";
import { errorTable } from "../gen/errors.ts";
import { ErrorCode } from "../gen/nim/v1/error_pb.ts";
import { errorDetailOf, isConnectionLoss } from "./failure.ts";

/** What an error says, before it becomes a `NimError`. */
export interface NimErrorInit {
  /** Number of `ErrorCode`; a newer server may give one that this SDK does not know. */
  readonly code: ErrorCode;
  /** The call, such as `message.sendText`. */
  readonly method: string;
  /** Path of the argument that is wrong. */
  readonly field?: string | undefined;
  /** English text. Default: the code's. */
  readonly textEn?: string | undefined;
  /** Chinese text. Default: the code's. */
  readonly textZh?: string | undefined;
  /** What the message says in the place of `textEn`, for a failure that the code's text does not describe. */
  readonly reason?: string | undefined;
  /** Connect's code. */
  readonly connectCode?: Code | undefined;
  /** What led to it. */
  readonly cause?: unknown;
}

/** The code of an error of which the server gave no detail. `unavailable` and the like are 415 by `isConnectionLoss`. */
const CODE_OF_CONNECT: Readonly<Record<Code, ErrorCode>> = {
  [Code.Canceled]: ErrorCode.TASK_CANCELLED,
  [Code.Unknown]: ErrorCode.SERVER_ERROR,
  [Code.InvalidArgument]: ErrorCode.BAD_PARAMETER,
  [Code.DeadlineExceeded]: ErrorCode.TIMEOUT,
  [Code.NotFound]: ErrorCode.NOT_FOUND,
  [Code.AlreadyExists]: ErrorCode.ALREADY_EXISTS,
  [Code.PermissionDenied]: ErrorCode.FORBIDDEN,
  [Code.ResourceExhausted]: ErrorCode.RATE_LIMITED,
  [Code.FailedPrecondition]: ErrorCode.ALREADY_HANDLED,
  [Code.Aborted]: ErrorCode.RETRY_NEEDED,
  [Code.OutOfRange]: ErrorCode.BAD_PARAMETER,
  [Code.Unimplemented]: ErrorCode.SERVICE_UNAVAILABLE,
  [Code.Internal]: ErrorCode.SERVER_ERROR,
  [Code.Unavailable]: ErrorCode.NOT_CONNECTED,
  [Code.DataLoss]: ErrorCode.SERVER_DATA_ERROR,
  [Code.Unauthenticated]: ErrorCode.NOT_LOGGED_IN,
};

/** The one error that the SDK rejects with. `message` is `message.sendText failed: [404] …`, in English. */
export class NimError extends Error {
  override readonly name = "NimError";
  /** Number of `ErrorCode`; a newer server may give one that this SDK does not know. */
  readonly code: ErrorCode;
  /** The call, such as `message.sendText`. */
  readonly method: string;
  /** Path of the argument that is wrong, or undefined when the error is about no single one. */
  readonly field: string | undefined;
  /** English text for the user. */
  readonly textEn: string;
  /** Chinese text for the user. */
  readonly textZh: string;
  /** Connect's code, or undefined when no call was made. */
  readonly connectCode: Code | undefined;

  constructor(init: NimErrorInit) {
    const textEn = init.textEn || (errorTable[init.code]?.en ?? "");
    super(`${init.method} failed: [${init.code}] ${init.reason ?? textEn}`.trimEnd(), { cause: init.cause });
    this.code = init.code;
    this.method = init.method;
    this.field = init.field;
    this.textEn = textEn;
    this.textZh = init.textZh || (errorTable[init.code]?.zh ?? textEn);
    this.connectCode = init.connectCode;
  }

  /** The text for the user in a language. */
  text(language: "en" | "zh"): string {
    return language === "zh" ? this.textZh : this.textEn;
  }

  /** Turns whatever a call of `method` rejected with into a `NimError`. One that is already a `NimError` stays. */
  static from(reason: unknown, method: string): NimError {
    if (reason instanceof NimError) return reason;
    if (isFieldError(reason)) {
      const field = reason.field();
      return new NimError({
        code: ErrorCode.BAD_PARAMETER,
        method,
        field: field.kind === "field" ? field.jsonName : field.name,
        reason: reason.message,
        cause: reason,
      });
    }
    const error = ConnectError.from(reason);
    // A signal's reason that is ours says more than "canceled".
    if (error.code === Code.Canceled && error.cause instanceof NimError) return error.cause;
    const detail = errorDetailOf(error);
    if (detail === undefined) {
      const code = isConnectionLoss(error) ? ErrorCode.NOT_CONNECTED : CODE_OF_CONNECT[error.code];
      const connectCode = code === ErrorCode.NOT_CONNECTED ? Code.Unavailable : error.code;
      return new NimError({ code, method, connectCode, reason: error.rawMessage, cause: reason });
    }
    return new NimError({
      code: detail.code,
      method,
      field: detail.field || undefined,
      textEn: detail.textEn,
      textZh: detail.textZh,
      connectCode: error.code,
      cause: reason,
    });
  }
}
