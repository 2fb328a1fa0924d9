import type { HandlerContext } from "@connectrpc/connect";
import type { AnyFn, DirectCall } from "./direct-call.ts";
import { remainingMs, scopeSignal } from "./direct-scope.ts";

// What interceptors and handlers see of a call. Headers and signal are built when they are read. The getters are
// shared, not made per call: a getter of its own would give each object a hidden class of its own.

const CALL = Symbol("call");

interface OfCall {
  readonly [CALL]: DirectCall;
}

function requestHeader(call: DirectCall): Headers {
  call.requestHeader ??= new Headers(call.headerInit);
  return call.requestHeader;
}

function responseHeader(call: DirectCall): Headers {
  call.responseHeader ??= new Headers();
  return call.responseHeader;
}

function responseTrailer(call: DirectCall): Headers {
  call.responseTrailer ??= new Headers();
  return call.responseTrailer;
}

/** Own and enumerable, because interceptors copy requests and responses with a spread. */
function lazy<T>(read: (call: DirectCall) => T): PropertyDescriptor {
  return {
    enumerable: true,
    configurable: true,
    get(this: OfCall) {
      return read(this[CALL]);
    },
  };
}

const REQUEST_SIGNAL = lazy((call) => scopeSignal(call.scope));
const REQUEST_HEADER = lazy(requestHeader);
const RESPONSE_HEADER = lazy(responseHeader);
const RESPONSE_TRAILER = lazy(responseTrailer);

/** Adds `signal` and `header` to a request. */
export function withRequestViews<T extends object>(
  call: DirectCall,
  fields: T,
): T & { readonly signal: AbortSignal; readonly header: Headers } {
  const view: object = Object.assign(fields, { [CALL]: call });
  Object.defineProperty(view, "signal", REQUEST_SIGNAL);
  Object.defineProperty(view, "header", REQUEST_HEADER);
  return view as T & { readonly signal: AbortSignal; readonly header: Headers };
}

/** Adds `header` and `trailer` to a response. */
export function withResponseViews<T extends object>(
  call: DirectCall,
  fields: T,
): T & { readonly header: Headers; readonly trailer: Headers } {
  const view: object = Object.assign(fields, { [CALL]: call });
  Object.defineProperty(view, "header", RESPONSE_HEADER);
  Object.defineProperty(view, "trailer", RESPONSE_TRAILER);
  return view as T & { readonly header: Headers; readonly trailer: Headers };
}

type InterceptedRequest = Parameters<AnyFn>[0];

const REQUEST = Symbol("request");

interface DirectContext extends HandlerContext {
  [CALL]: DirectCall;
  [REQUEST]: InterceptedRequest;
}

const contextPrototype = {
  protocolName: "connect",
  get service() {
    return ofContext(this)[REQUEST].service;
  },
};
