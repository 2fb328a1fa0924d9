import {
  create,
  type DescMessage,
  type DescMethodStreaming,
  type Message,
  type MessageInitShape,
  type MessageShape,
} from "@bufbuild/protobuf";
import { Code, ConnectError, type HandlerContext, type StreamResponse } from "@connectrpc/connect";
import {
  type AnyFn,
  callerError,
  copyMessage,
  type DirectCall,
  type DirectRoute,
  intercept,
  kindMismatch,
} from "./direct-call.ts";
import { abortScope, type CallScope, endScope, onAbort, raceScope } from "./direct-scope.ts";
import { CALL, contextView, requestView, responseView } from "./direct-views.ts";

/** Maps one at a time and only when asked, so nothing is ever queued. */
async function* mapMessages<T, U>(source: AsyncIterable<T>, map: (value: T) => U): AsyncIterable<U> {
  for await (const value of source) yield map(value);
}

async function singleMessage(source: AsyncIterable<Message>, { spec }: DirectRoute): Promise<Message> {
  const messages: Message[] = [];
  for await (const message of source) messages.push(message);
  const [message] = messages;
  if (message === undefined || messages.length > 1) {
    const { parent, name } = spec.method;
    throw new ConnectError(`${parent.typeName}.${name} takes one request, got ${messages.length}`, Code.Unimplemented);
  }
  return message;
}

/** Calls the handler of a streaming method of any kind. */
async function outputOf(
  route: DirectRoute,
  requests: AsyncIterable<Message>,
  context: HandlerContext,
): Promise<AsyncIterable<Message>> {
  const { spec } = route;
  const toMessage = (init: MessageInitShape<DescMessage>): Message => create(spec.method.output, init);
  switch (spec.kind) {
    case "server_streaming":
      return mapMessages(spec.impl(await singleMessage(requests, route), context), toMessage);
    case "bidi_streaming":
      return mapMessages(spec.impl(requests, context), toMessage);
    case "client_streaming": {
      const message = toMessage(await spec.impl(requests, context));
      return (async function* () {
        yield message;
      })();
    }
    default:
      throw kindMismatch(route);
  }
}

/**
 * The caller's side of a response stream. Each pull is one pull at the handler, so the handler never runs ahead.
 * An abort rejects a waiting pull at once, whatever the handler does; leaving the loop aborts the handler.
 */
function callerStream<D extends DescMessage>(
  schema: D,
  source: AsyncIterable<Message>,
  scope: CallScope,
): AsyncIterable<MessageShape<D>> {
  return {
    [Symbol.asyncIterator]() {
      const iterator = source[Symbol.asyncIterator]();
      let done = false;
      let left = false;
      onAbort(scope, () => {
        // A blocked generator answers only after its own await, so nobody waits for this.
        iterator.return?.().then(undefined, () => {});
      });
      return {
        async next() {
          if (done) return { done: true, value: undefined };
          try {
            const result = await raceScope(scope, iterator.next());
            if (result.done !== true) return { done: false, value: copyMessage(schema, result.value) };
            done = true;
            endScope(scope);
            return { done: true, value: undefined };
          } catch (reason) {
            if (left) return { done: true, value: undefined };
            done = true;
            const { failure } = scope;
            endScope(scope);
            throw failure ?? callerError(reason);
          }
        },
        async return() {
          done = true;
          left = true;
          abortScope(scope, new ConnectError("the caller left the stream", Code.Canceled));
          return { done: true, value: undefined };
        },
      };
    },
  };
}

/** Opens a stream. The call's scope ends with it. */
export async function callStream<I extends DescMessage, O extends DescMessage>(
  call: DirectCall,
  method: DescMethodStreaming<I, O>,
  input: AsyncIterable<MessageInitShape<I>>,
): Promise<StreamResponse<I, O>> {
  const { route, scope } = call;
  const { spec, service, url } = route;

  let made: object | undefined;
  const invoke: AnyFn = async (request) => {
    if (!request.stream || spec.kind === "unary") throw kindMismatch(route);
    const message = await outputOf(route, request.message, contextView(request, call));
    const response = responseView({ [CALL]: call, stream: true, service, method: spec.method, message } as const);
    made = response;
    return response;
  };

  try {
    if (spec.kind === "unary") throw kindMismatch(route);
    if (scope.failure !== undefined) throw scope.failure;
    const request = requestView({
      [CALL]: call,
      stream: true,
      service,
      method: spec.method,
      requestMethod: "POST",
      url,
      message: mapMessages(input, (init) => copyMessage(spec.method.input, create(method.input, init))),
      contextValues: call.values,
    } as const);
    const result = await raceScope(scope, intercept(invoke, call.interceptors)(request));
    if (!result.stream) throw kindMismatch(route);
    const message = callerStream(method.output, result.message, scope);
    // An interceptor's own response has its own headers.
    if (result !== made) {
      return { stream: true, service: method.parent, method, message, header: result.header, trailer: result.trailer };
    }
    return responseView({ [CALL]: call, stream: true, service: method.parent, method, message } as const);
  } catch (reason) {
    const { failure } = scope;
    endScope(scope);
    throw failure ?? callerError(reason);
  }
}
