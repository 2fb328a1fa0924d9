import type { HandlerContext } from "@connectrpc/connect";
import type { AnyFn, DirectCall } from "./direct-call.ts";
import { remainingMs, scopeSignal } from "./direct-scope.ts";

// What interceptors and handlers see of a call. Headers and signal are built when they are read. The getters are
// shared, not made per call: with getters of its own each object would get a hidden class of its own.

/** Where a view keeps its call. */
export const CALL = Symbol("call");

interface OfCall {
  readonly [CALL]: DirectCall;
}

/** Own and enumerable, because interceptors copy requests and responses with a spread. */
function lazy<V>(read: (view: V) => unknown): PropertyDescriptor {
  return {
    enumerable: true,
    configurable: true,
    get(this: V) {
      return read(this);
    },
  };
}

function responseHeader({ [CALL]: call }: OfCall): Headers {
  call.responseHeader ??= new Headers();
  return call.responseHeader;
}

function responseTrailer({ [CALL]: call }: OfCall): Headers {
  call.responseTrailer ??= new Headers();
  return call.responseTrailer;
}

const REQUEST_SIGNAL = lazy<OfCall>(({ [CALL]: call }) => scopeSignal(call.scope));
const REQUEST_HEADER = lazy<OfCall>(({ [CALL]: call }) => {
  call.requestHeader ??= new Headers(call.headerInit);
  return call.requestHeader;
});
const RESPONSE_HEADER = lazy(responseHeader);
const RESPONSE_TRAILER = lazy(responseTrailer);

/** Adds `signal` and `header` to a request. */
export function requestView<T extends OfCall>(
  fields: T,
): T & { readonly signal: AbortSignal; readonly header: Headers } {
  Object.defineProperty(fields, "signal", REQUEST_SIGNAL);
  Object.defineProperty(fields, "header", REQUEST_HEADER);
  return fields as T & { readonly signal: AbortSignal; readonly header: Headers };
}

/** Adds `header` and `trailer` to a response. */
export function responseView<T extends OfCall>(fields: T): T & { readonly header: Headers; readonly trailer: Headers } {
  Object.defineProperty(fields, "header", RESPONSE_HEADER);
  Object.defineProperty(fields, "trailer", RESPONSE_TRAILER);
  return fields as T & { readonly header: Headers; readonly trailer: Headers };
}

type Request = Parameters<AnyFn>[0];

const REQUEST = Symbol("request");

type DirectContext = { -readonly [K in keyof HandlerContext]: HandlerContext[K] } & {
  [CALL]: DirectCall;
  [REQUEST]: Request;
};

const contextViews: object = Object.create(Object.prototype, {
  signal: lazy<DirectContext>((context) => context[REQUEST].signal),
  requestHeader: lazy<DirectContext>((context) => context[REQUEST].header),
  responseHeader: lazy(responseHeader),
  responseTrailer: lazy(responseTrailer),
});

/** What a handler sees. It reads from the request as the innermost interceptor left it. */
export function contextView(request: Request, call: DirectCall): HandlerContext {
  const context: DirectContext = Object.create(contextViews);
  context[CALL] = call;
  context[REQUEST] = request;
  context.service = request.service;
  context.method = request.method;
  context.url = request.url;
  context.requestMethod = request.requestMethod;
  context.protocolName = "connect";
  context.values = request.contextValues;
  context.timeoutMs = () => remainingMs(call.scope);
  return context;
}
