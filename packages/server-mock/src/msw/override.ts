import { create, type DescMessage, type Message, type MessageInitShape, type MessageShape } from "@bufbuild/protobuf";
import { createContextKey, type HandlerContext, type Interceptor } from "@connectrpc/connect";
import { overridePaths, type RpcOverrides } from "../gen/overrides.ts";
import { rpcPath } from "../services/authenticate.ts";
import { toWireError } from "../services/wire-error.ts";

/** What a resolver is given of a call. */
export interface OverrideCall<Request extends Message, Response extends DescMessage> {
  /** The request. Its rules and its token have not been checked: an override takes the whole call. */
  readonly request: Request;
  /** Request headers. */
  readonly headers: Headers;
  /** Aborts when the caller goes away or its deadline passes. */
  readonly signal: AbortSignal;
  /** What the backend answers, with all its checks and effects. Rejects with its `ConnectError`. */
  passthrough(): Promise<MessageShape<Response>>;
  /** The same for an rpc that answers with a stream. */
  passthroughStream(): AsyncIterable<MessageShape<Response>>;
}

/** An answer: the fields of the response; for a stream also several of them, at once or one after the other. */
export type OverrideAnswer<Response extends DescMessage> =
  | MessageInitShape<Response>
  | Iterable<MessageInitShape<Response>>
  | AsyncIterable<MessageInitShape<Response>>;

/** Answers one rpc in the backend's place. A `NimError` or `ConnectError` that it throws reaches the caller. */
export type OverrideResolver<Request extends Message, Response extends DescMessage> = (
  call: OverrideCall<Request, Response>,
) => OverrideAnswer<Response> | Promise<OverrideAnswer<Response>>;

/** Options of an override. */
export interface OverrideOptions {
  /** True: only the next call. */
  readonly once?: boolean;
}

/** Answers that replace the backend's, until they are reset. */
export interface OverrideTable {
  /** One function per rpc; each call gives a function that takes the override away again. */
  readonly override: RpcOverrides;
  /** Takes all overrides away. */
  resetOverrides(): void;
  /** Whether the next call of a path is overridden. */
  has(path: string): boolean;
  /** To be called with the context of every call before the interceptor runs, such as by the router's gate. */
  prepare(context: HandlerContext): void;
  /** Runs the overrides around calls. It must be the first interceptor. */
  readonly interceptor: Interceptor;
}

/** The call's own headers and trailers: a server's interceptor that gives others drops the content type. */
const responseKey = createContextKey({ header: new Headers(), trailer: new Headers() });

type AnyResolver = OverrideResolver<Message, DescMessage>;
type AnyFn = ReturnType<Interceptor>;
type AnyRequest = Parameters<AnyFn>[0];

/** Nothing but the resolver's type differs between rpcs, so one function serves all. */
type Register = (resolver: AnyResolver, options?: OverrideOptions) => () => void;

async function single(messages: AsyncIterable<Message>): Promise<Message> {
  for await (const message of messages) return message;
  throw new TypeError("the request is empty");
}

async function* repeat(message: Message): AsyncIterable<Message> {
  yield message;
}

/** What the backend answers, as far as the call is of that kind. */
function original(
  request: AnyRequest,
  message: Message,
  next: AnyFn,
): Omit<OverrideCall<Message, DescMessage>, "request" | "headers" | "signal"> {
  const ask = () => next(request.stream ? { ...request, message: repeat(message) } : request);
  return {
    async passthrough() {
      const answer = await ask();
      if (answer.stream)
        throw new TypeError(`${rpcPath(request.method)} answers with a stream: call passthroughStream()`);
      return answer.message;
    },
    async *passthroughStream() {
      const answer = await ask();
      if (!answer.stream) throw new TypeError(`${rpcPath(request.method)} has one answer: call passthrough()`);
      yield* answer.message;
    },
  };
}

/** The answers of a resolver one by one, whatever it gave. */
async function* answers(type: DescMessage, answer: OverrideAnswer<DescMessage>): AsyncIterable<Message> {
  try {
    if (Symbol.asyncIterator in answer || Symbol.iterator in answer) {
      for await (const item of answer) yield create(type, item);
    } else yield create(type, answer);
  } catch (reason) {
    throw toWireError(reason);
  }
}

async function resolved(resolver: AnyResolver, call: Parameters<AnyResolver>[0]): Promise<OverrideAnswer<DescMessage>> {
  try {
    return await resolver(call);
  } catch (reason) {
    throw toWireError(reason);
  }
}

async function answerBy(resolver: AnyResolver, request: AnyRequest, next: AnyFn): ReturnType<AnyFn> {
  const message = request.stream ? await single(request.message) : request.message;
  const { header: headers, signal, method, service } = request;
  const call = { request: message, headers, signal, ...original(request, message, next) };
  const answer = await resolved(resolver, call);
  const response = { service, ...request.contextValues.get(responseKey) };
  if (request.stream)
    return { ...response, stream: true, method: request.method, message: answers(method.output, answer) };
  if (Symbol.asyncIterator in answer || Symbol.iterator in answer) {
    throw new TypeError(`${rpcPath(method)} has one answer: the override must give one response`);
  }
  return { ...response, stream: false, method: request.method, message: create(method.output, answer) };
}

/** Creates an empty table with a typed function per rpc. */
export function createOverrideTable(): OverrideTable {
  /** By path, the newest first. */
  const byPath = new Map<string, { readonly resolver: AnyResolver; readonly once: boolean }[]>();

  function register(path: string): Register {
    return (resolver, { once = false } = {}) => {
      const entry = { resolver, once };
      byPath.set(path, [entry, ...(byPath.get(path) ?? [])]);
      return () => remove(path, entry);
    };
  }

  function remove(path: string, entry: object): void {
    const left = (byPath.get(path) ?? []).filter((other) => other !== entry);
    if (left.length === 0) byPath.delete(path);
    else byPath.set(path, left);
  }

  const services = Object.entries(overridePaths).map(([service, methods]) => [
    service,
    Object.fromEntries(Object.entries(methods).map(([method, path]) => [method, register(path)])),
  ]);

  return {
    override: Object.fromEntries(services) as RpcOverrides,
    resetOverrides: () => byPath.clear(),
    has: (path) => byPath.has(path),
    prepare({ values, responseHeader: header, responseTrailer: trailer }) {
      values.set(responseKey, { header, trailer });
    },
    interceptor: (next) => async (request) => {
      const path = rpcPath(request.method);
      const entry = byPath.get(path)?.[0];
      if (entry === undefined) return next(request);
      if (entry.once) remove(path, entry);
      return answerBy(entry.resolver, request, next);
    },
  };
}
