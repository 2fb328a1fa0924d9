import { Code, ConnectError } from "@connectrpc/connect";
import { codeFromString } from "@connectrpc/connect/protocol-connect";
import { errorTable, NimError } from "@nimkit/sdk";
import { type ErrorCode, ErrorDetailSchema } from "@nimkit/sdk/protocol";

/** What an error of this API says on the wire. */
export interface WireErrorInit {
  /** A number of `ErrorCode`. */
  readonly code: number;
  /** Path of the wrong argument, in JSON names. */
  readonly field?: string | undefined;
  /** Default: the code's texts. */
  readonly textEn?: string | undefined;
  readonly textZh?: string | undefined;
  /** Default: what the error table says for the code. */
  readonly connect?: Code | undefined;
  /** What the Connect error says in the place of `textEn`, for people who read logs. */
  readonly reason?: string | undefined;
  readonly cause?: unknown;
}

type Detail = NonNullable<ConstructorParameters<typeof ConnectError>[3]>[number];

/** Fields of errors are named in proto inside the engine and in JSON outside, as clients write them. */
export function jsonPath(protoPath: string): string {
  return protoPath.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** A Connect error that carries an `ErrorDetail`, and `more` before it. */
export function wireError(init: WireErrorInit, more: readonly Detail[] = []): ConnectError {
  const known = errorTable[init.code];
  const textEn = init.textEn ?? known?.en ?? `error ${init.code}`;
  const detail: Detail = {
    desc: ErrorDetailSchema,
    value: {
      code: init.code as ErrorCode,
      textEn,
      textZh: init.textZh ?? known?.zh ?? textEn,
      ...(init.field === undefined ? {} : { field: init.field }),
    },
  };
  const connect = init.connect ?? codeFromString(known?.connect ?? "unknown") ?? Code.Unknown;
  return new ConnectError(init.reason ?? textEn, connect, undefined, [...more, detail], init.cause);
}

/** An error that a resolver threw, as it goes over the wire: a `NimError` keeps its code, others stay as they are. */
export function toWireError(reason: unknown): unknown {
  if (!(reason instanceof NimError)) return reason;
  const { code, field, textEn, textZh, connectCode } = reason;
  return wireError({ code, field, textEn, textZh, connect: connectCode, cause: reason });
}
