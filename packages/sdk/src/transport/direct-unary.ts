import { create, type DescMessage, type DescMethodUnary, type MessageInitShape } from "@bufbuild/protobuf";
import { type ContextValues, createContextValues, type Interceptor, type UnaryResponse } from "@connectrpc/connect";
import {
  type AnyFn,
  callerError,
  copyMessage,
  type DirectRoute,
  handlerContext,
  intercept,
  kindMismatch,
} from "./direct-call.ts";
import type { CallScope } from "./direct-scope.ts";
import { createLazyHeaders } from "./lazy-headers.ts";

/** Calls a unary handler. `scope` is the call's own and is ended here. */
export async function callUnary<I extends DescMessage, O extends DescMessage>(
  route: DirectRoute,
  interceptors: readonly Interceptor[],
  method: DescMethodUnary<I, O>,
  input: MessageInitShape<I>,
  header: HeadersInit | undefined,
  contextValues: ContextValues | undefined,
  scope: CallScope,
): Promise<UnaryResponse<I, O>> {
  const { spec, service, url } = route;
  if (spec.kind !== "unary") throw kindMismatch(route);
  const requestHeaders = createLazyHeaders(header);
  const response = { header: createLazyHeaders(), trailer: createLazyHeaders() };

  const invoke: AnyFn = async (request) => {
    if (request.stream) throw kindMismatch(route);
    const output = await spec.impl(request.message, handlerContext(request, scope, response));
    return {
      stream: false,
      service,
      method: spec.method,
      message: create(spec.method.output, output),
      get header() {
        return response.header.get();
      },
      get trailer() {
        return response.trailer.get();
      },
    };
  };

  try {
    scope.throwIfAborted();
    const work = intercept(
      invoke,
      interceptors,
    )({
      stream: false,
      service,
      method: spec.method,
      requestMethod: "POST",
      url,
      message: copyMessage(spec.method.input, create(method.input, input)),
      contextValues: contextValues ?? createContextValues(),
      get signal() {
        return scope.signal();
      },
      get header() {
        return requestHeaders.get();
      },
    });
    const result = await (scope.abortable ? scope.race(work) : work);
    if (result.stream) throw kindMismatch(route);
    return {
      stream: false,
      service: method.parent,
      method,
      message: copyMessage(method.output, create(spec.method.output, result.message)),
      get header() {
        return result.header;
      },
      get trailer() {
        return result.trailer;
      },
    };
  } catch (reason) {
    throw scope.failure() ?? callerError(reason);
  } finally {
    scope.end();
  }
}
