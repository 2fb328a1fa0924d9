import {
  clone,
  create,
  type DescMessage,
  type DescMethodServerStreaming,
  type DescMethodUnary,
  type MessageInitShape,
  type MessageShape,
} from "@bufbuild/protobuf";
import { MethodOptions_IdempotencyLevel } from "@bufbuild/protobuf/wkt";
import type { Transport } from "@connectrpc/connect";
import { clientIdFields } from "../gen/client.ts";
import { ErrorCode } from "../gen/nim/v1/error_pb.ts";
import type { NimCallOptions } from "./call-options.ts";
import { mergeHeaders } from "./headers.ts";
import { NimError } from "./nim-error.ts";
import { type RetryOptions, retry } from "./retry.ts";

/** Makes calls over a transport. Every rejection is a `NimError` that names the call. */
export interface Caller {
  /** Calls a unary method, again if it may be and the server is unavailable. `own` replaces the client's headers. */
  unary<I extends DescMessage, O extends DescMessage>(
    rpc: string,
    method: DescMethodUnary<I, O>,
    request: MessageInitShape<I>,
    options?: NimCallOptions,
    own?: readonly [string, string][],
  ): Promise<MessageShape<O>>;
  /** Calls a server stream. The call starts with the first pull, and leaving the loop cancels it. */
  stream<I extends DescMessage, O extends DescMessage>(
    rpc: string,
    method: DescMethodServerStreaming<I, O>,
    request: MessageInitShape<I>,
    options?: NimCallOptions,
  ): AsyncIterable<MessageShape<O>>;
}

/** What a caller needs of its client. */
export interface CallerOptions extends RetryOptions {
  readonly transport: Transport;
  /** The client's headers at this moment. */
  readonly headers: () => readonly [string, string][];
  /** Makes the client's own ids. */
  readonly ids: () => string;
}

function headersOf(rpc: string, own: readonly [string, string][], options: NimCallOptions): HeadersInit {
  try {
    return mergeHeaders(own, options.headers);
  } catch (cause) {
    throw new NimError({ code: ErrorCode.BAD_PARAMETER, method: rpc, field: "headers", reason: String(cause), cause });
  }
}

/** Makes the function that all calls of a client go through. */
export function createCaller(options: CallerOptions): Caller {
  const { transport, headers, ids } = options;

  /** The request as a message of its own: what the app changes later does not reach a retry. */
  function prepare<I extends DescMessage>(rpc: string, schema: I, init: MessageInitShape<I>): MessageShape<I> {
    const message = clone(schema, create(schema, init));
    const idField = clientIdFields[rpc];
    if (idField !== undefined && !Reflect.get(message, idField)) Object.assign(message, { [idField]: ids() });
    return message;
  }

  return {
    async unary(rpc, method, request, callOptions = {}, own = headers()) {
      const { signal, timeoutMs } = callOptions;
      try {
        const message = prepare(rpc, method.input, request);
        // Fixed before the first attempt: a retry must not go out under an account that logged in meanwhile.
        const header = headersOf(rpc, own, callOptions);
        const attempt = () => transport.unary(method, signal, timeoutMs, header, message);
        const repeatable =
          clientIdFields[rpc] !== undefined || method.idempotency === MethodOptions_IdempotencyLevel.NO_SIDE_EFFECTS;
        const response = await (repeatable ? retry(attempt, signal, options) : attempt());
        return response.message;
      } catch (reason) {
        throw NimError.from(reason, rpc);
      }
    },

    async *stream(rpc, method, request, callOptions = {}) {
      const controller = new AbortController();
      const { signal, timeoutMs } = callOptions;
      try {
        const message = prepare(rpc, method.input, request);
        const header = headersOf(rpc, headers(), callOptions);
        const linked = signal === undefined ? controller.signal : AbortSignal.any([signal, controller.signal]);
        const requests = (async function* () {
          yield message;
        })();
        const response = await transport.stream(method, linked, timeoutMs, header, requests);
        yield* response.message;
      } catch (reason) {
        throw NimError.from(reason, rpc);
      } finally {
        // Leaving a `for await` does not cancel a Connect stream by itself.
        controller.abort();
      }
    },
  };
}
