import { clone, create, type DescMessage, type DescService, type Message, type MessageShape } from "@bufbuild/protobuf";
import { Code, ConnectError, type HandlerContext, type Interceptor, type MethodImplSpec } from "@connectrpc/connect";
import type { CallScope } from "./direct-scope.ts";
import type { LazyHeaders } from "./lazy-headers.ts";

/** Interceptors wrap functions of this shape. */
export type AnyFn = Parameters<Interceptor>[0];

/** What the server's side knows of the method that is called. */
export interface DirectRoute {
  readonly service: DescService;
  readonly spec: MethodImplSpec;
  readonly url: string;
}

/** The headers that a handler may set. */
export interface ResponseHeaders {
  readonly header: LazyHeaders;
  readonly trailer: LazyHeaders;
}

/**
 * A copy of a message for the other side, which shares nothing with it. The two sides may hold different
 * descriptors of the same type: protobuf-es compares type names.
 */
export function copyMessage<D extends DescMessage>(schema: D, message: Message): MessageShape<D> {
  return clone(schema, create(schema, message as MessageShape<D>));
}

/** Wraps `call` so that the first interceptor is the outermost, as Connect does. */
export function intercept(call: AnyFn, interceptors: readonly Interceptor[]): AnyFn {
  let next = call;
  for (let i = interceptors.length - 1; i >= 0; i -= 1) next = interceptors[i]?.(next) ?? next;
  return next;
}

/** Caller and server disagree on whether a method streams. */
export function kindMismatch({ spec }: DirectRoute): ConnectError {
  const { parent, name } = spec.method;
  return new ConnectError(`${parent.typeName}.${name} is ${spec.kind} on the server`, Code.Unimplemented);
}

/** What a handler sees. It reads from the request as the innermost interceptor left it. */
export function handlerContext(
  request: Parameters<AnyFn>[0],
  scope: CallScope,
  response: ResponseHeaders,
): HandlerContext {
  return {
    service: request.service,
    method: request.method,
    url: request.url,
    requestMethod: request.requestMethod,
    protocolName: "connect",
    values: request.contextValues,
    timeoutMs: scope.remainingMs,
    get signal() {
      return request.signal;
    },
    get requestHeader() {
      return request.header;
    },
    get responseHeader() {
      return response.header.get();
    },
    get responseTrailer() {
      return response.trailer.get();
    },
  };
}

/**
 * The error as the caller gets it: a new object with copies of the details, so that nothing is shared. Whatever is
 * no ConnectError is masked as it is over HTTP; the original stays in `cause`, which never leaves the process.
 */
export function callerError(reason: unknown): ConnectError {
  if (!(reason instanceof ConnectError)) {
    return new ConnectError("internal error", Code.Internal, undefined, undefined, reason);
  }
  const error = new ConnectError(reason.rawMessage, reason.code, reason.metadata, undefined, reason.cause);
  error.details = reason.details.map((detail) =>
    "desc" in detail
      ? { desc: detail.desc, value: copyMessage(detail.desc, create(detail.desc, detail.value)) }
      : { ...detail },
  );
  return error;
}
