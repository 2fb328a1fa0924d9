import { create, type DescMessage, type DescMethodUnary, type MessageInitShape } from "@bufbuild/protobuf";
import type { UnaryResponse } from "@connectrpc/connect";
import { type AnyFn, callerError, copyMessage, type DirectCall, intercept, kindMismatch } from "./direct-call.ts";
import { endScope, raceScope } from "./direct-scope.ts";
import { CALL, contextView, requestView, responseView } from "./direct-views.ts";

/** Calls a unary handler and ends the call's scope. */
export async function callUnary<I extends DescMessage, O extends DescMessage>(
  call: DirectCall,
  method: DescMethodUnary<I, O>,
  input: MessageInitShape<I>,
): Promise<UnaryResponse<I, O>> {
  const { route, scope } = call;
  const { spec, service, url } = route;

  let made: object | undefined;
  const invoke: AnyFn = async (request) => {
    if (request.stream || spec.kind !== "unary") throw kindMismatch(route);
    const output = await spec.impl(request.message, contextView(request, call));
    const response = responseView({
      [CALL]: call,
      stream: false,
      service,
      method: spec.method,
      message: create(spec.method.output, output),
    } as const);
    made = response;
    return response;
  };

  try {
    if (spec.kind !== "unary") throw kindMismatch(route);
    if (scope.failure !== undefined) throw scope.failure;
    const request = requestView({
      [CALL]: call,
      stream: false,
      service,
      method: spec.method,
      requestMethod: "POST",
      url,
      message: copyMessage(spec.method.input, create(method.input, input)),
      contextValues: call.values,
    } as const);
    const work = intercept(invoke, call.interceptors)(request);
    const result = await (scope.release === undefined ? work : raceScope(scope, work));
    if (result.stream) throw kindMismatch(route);
    const message = copyMessage(method.output, create(spec.method.output, result.message));
    // An interceptor's own response has its own headers.
    if (result !== made) {
      return { stream: false, service: method.parent, method, message, header: result.header, trailer: result.trailer };
    }
    return responseView({ [CALL]: call, stream: false, service: method.parent, method, message } as const);
  } catch (reason) {
    throw scope.failure ?? callerError(reason);
  } finally {
    endScope(scope);
  }
}
