import {
  create,
  type DescMessage,
  type DescMethodStreaming,
  type Message,
  type MessageInitShape,
  type MessageShape,
} from "@bufbuild/protobuf";
import {
  Code,
  ConnectError,
  type ContextValues,
  createContextValues,
  type HandlerContext,
  type Interceptor,
  type StreamResponse,
} from "@connectrpc/connect";
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
      scope.onFailure(() => {
        // A blocked generator answers only after its own await, so nobody waits for this.
        iterator.return?.().then(undefined, () => {});
      });
      return {
        async next() {
          if (done) return { done: true, value: undefined };
          try {
            const result = await scope.race(iterator.next());
            if (result.done !== true) return { done: false, value: copyMessage(schema, result.value) };
            done = true;
            scope.end();
            return { done: true, value: undefined };
          } catch (reason) {
            if (left) return { done: true, value: undefined };
            done = true;
            const failure = scope.failure();
            scope.end();
            throw failure ?? callerError(reason);
          }
        },
        async return() {
          done = true;
          left = true;
          scope.abort(new ConnectError("the caller left the stream", Code.Canceled));
          return { done: true, value: undefined };
        },
      };
    },
  };
}

/** Opens a stream. `scope` is the call's own; it ends with the stream. */
export async function callStream<I extends DescMessage, O extends DescMessage>(
  route: DirectRoute,
  interceptors: readonly Interceptor[],
  method: DescMethodStreaming<I, O>,
  input: AsyncIterable<MessageInitShape<I>>,
  header: HeadersInit | undefined,
  contextValues: ContextValues | undefined,
  scope: CallScope,
): Promise<StreamResponse<I, O>> {
  const { spec, service, url } = route;
  if (spec.kind === "unary") throw kindMismatch(route);
  const requestHeaders = createLazyHeaders(header);
  const response = { header: createLazyHeaders(), trailer: createLazyHeaders() };

  const invoke: AnyFn = async (request) => {
    if (!request.stream) throw kindMismatch(route);
    return {
      stream: true,
      service,
      method: spec.method,
      message: await outputOf(route, request.message, handlerContext(request, scope, response)),
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
      stream: true,
      service,
      method: spec.method,
      requestMethod: "POST",
      url,
      message: mapMessages(input, (init) => copyMessage(spec.method.input, create(method.input, init))),
      contextValues: contextValues ?? createContextValues(),
      get signal() {
        return scope.signal();
      },
      get header() {
        return requestHeaders.get();
      },
    });
    const result = await scope.race(work);
    if (!result.stream) throw kindMismatch(route);
    return {
      stream: true,
      service: method.parent,
      method,
      message: callerStream(method.output, result.message, scope),
      get header() {
        return result.header;
      },
      get trailer() {
        return result.trailer;
      },
    };
  } catch (reason) {
    const failure = scope.failure();
    scope.end();
    throw failure ?? callerError(reason);
  }
}
