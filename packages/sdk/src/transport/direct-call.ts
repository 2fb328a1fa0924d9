import { clone, create, type DescMessage, type DescService, type Message, type MessageShape } from "@bufbuild/protobuf";
import {
  Code,
  ConnectError,
  type ContextValues,
  createContextValues,
  type Interceptor,
  type MethodImplSpec,
} from "@connectrpc/connect";
import type { CallScope } from "./direct-scope.ts";

/** Interceptors wrap functions of this shape. */
export type AnyFn = Parameters<Interceptor>[0];

/** What the server's side knows of the method that is called. */
export interface DirectRoute {
  readonly service: DescService;
  readonly spec: MethodImplSpec;
  readonly url: string;
}

/** One call under way. Its headers are built when somebody reads them. */
export interface DirectCall {
  readonly route: DirectRoute;
  readonly interceptors: readonly Interceptor[];
  readonly scope: CallScope;
  readonly values: ContextValues;
  readonly headerInit: HeadersInit | undefined;
  requestHeader: Headers | undefined;
  responseHeader: Headers | undefined;
  responseTrailer: Headers | undefined;
}

/** Begins a call. */
export function createDirectCall(
  route: DirectRoute,
  interceptors: readonly Interceptor[],
  scope: CallScope,
  headerInit: HeadersInit | undefined,
  values: ContextValues | undefined,
): DirectCall {
  return {
    route,
    interceptors,
    scope,
    values: values ?? createContextValues(),
    headerInit,
    requestHeader: undefined,
    responseHeader: undefined,
    responseTrailer: undefined,
  };
}

/**
 * A copy of a message for the other side, which shares nothing with it. The two sides may hold different
 * descriptors of the same type: protobuf-es compares type names.
 */
export function copyMessage<D extends DescMessage>(schema: D, message: Message): MessageShape<D> {
  return clone(schema, create(schema, message as MessageShape<D>));
}

/** Wraps `handler` so that the first interceptor is the outermost, as Connect does. */
export function intercept(handler: AnyFn, interceptors: readonly Interceptor[]): AnyFn {
  let next = handler;
  for (let i = interceptors.length - 1; i >= 0; i -= 1) next = interceptors[i]?.(next) ?? next;
  return next;
}

/** Caller and server disagree on whether a method streams. */
export function kindMismatch({ spec }: DirectRoute): ConnectError {
  const { parent, name } = spec.method;
  return new ConnectError(`${parent.typeName}.${name} is ${spec.kind} on the server`, Code.Unimplemented);
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
