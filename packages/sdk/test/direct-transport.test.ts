import { create, isFieldSet } from "@bufbuild/protobuf";
import {
  Code,
  ConnectError,
  createClient,
  createContextKey,
  createContextValues,
  type HandlerContext,
  type Interceptor,
} from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import { createDirectTransport, transportFromServices } from "../src/index.ts";
import {
  AudioService,
  ErrorCode,
  ErrorDetailSchema,
  MessageService,
  PushService,
  type SendTextRequest,
  SendTextRequestSchema,
  type SendTextResponse,
} from "../src/protocol.ts";
import { serverError, untilAborted } from "./fakes/fake-backend.ts";
import { createManualTimers, settle } from "./fakes/manual-timers.ts";

const text = { sessionId: "bob", content: "hi" };
const { sendText } = MessageService.method;
const { playAudio } = AudioService.method;

async function* single<T>(value: T): AsyncIterable<T> {
  yield value;
}

async function failureOf(work: Promise<unknown>): Promise<ConnectError> {
  const reason = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(reason instanceof ConnectError)) throw new Error(`expected a ConnectError, got ${String(reason)}`);
  return reason;
}

describe("unary calls", () => {
  it("share nothing between caller and handler, in either direction", async () => {
    let received: SendTextRequest | undefined;
    const answer = { message: { messageId: "m", ext: { kept: [1] } } };
    const client = createClient(
      MessageService,
      transportFromServices({
        message: {
          sendText(request) {
            received = request;
            return answer;
          },
        },
      }),
    );
    const ext = { list: [1, { deep: true }] };
    const request = create(SendTextRequestSchema, { ...text, ext });
    const response = await client.sendText(request);
    expect(received).toEqual(request);
    expect(received).not.toBe(request);
    ext.list.push(2);
    expect(received?.ext).toEqual({ list: [1, { deep: true }] });
    answer.message.ext.kept.push(2);
    expect(response.message?.ext).toEqual({ kept: [1] });
  });

  it("keep presence: what the caller left out is unset at the handler, and reads as its default", async () => {
    const seen: unknown[] = [];
    const client = createClient(
      MessageService,
      transportFromServices({
        message: {
          sendText(request) {
            const field = SendTextRequestSchema.field.sessionType;
            seen.push(isFieldSet(request, field), request.sessionType, Object.hasOwn(request, "messageId"));
            return {};
          },
        },
      }),
    );
    await client.sendText(text);
    expect(seen).toEqual([false, 0, false]);
  });

  it("run interceptors outermost first, with the request and response of Connect", async () => {
    const log: string[] = [];
    const key = createContextKey("none");
    const named =
      (name: string): Interceptor =>
      (next) =>
      async (request) => {
        log.push(`${name} in ${request.stream} ${request.method.name} ${request.requestMethod}`);
        request.header.append("trace", name);
        request.contextValues.set(key, name);
        const response = await next(request);
        log.push(`${name} out ${response.header.get("seen")}`);
        response.header.set("by", name);
        return response;
      };
    const transport = transportFromServices(
      {
        message: {
          sendText(_request, context) {
            log.push(`handler ${context.requestHeader.get("trace")} ${context.values.get(key)} ${context.url}`);
            context.responseHeader.set("seen", "yes");
            context.responseTrailer.set("last", "one");
            return {};
          },
        },
      },
      { interceptors: [named("a"), named("b")] },
    );
    const values = createContextValues();
    const response = await transport.unary(sendText, undefined, undefined, { trace: "own" }, text, values);
    expect(log).toEqual([
      "a in false SendText POST",
      "b in false SendText POST",
      "handler own, a, b b https://in-memory/nim.v1.MessageService/SendText",
      "b out yes",
      "a out yes",
    ]);
    expect([response.header.get("by"), response.trailer.get("last"), values.get(key)]).toEqual(["a", "one", "b"]);
  });

  it("let an interceptor replace header and message for the handler", async () => {
    const replace: Interceptor = (next) => (request) =>
      next(request.stream ? request : { ...request, header: new Headers({ who: "interceptor" }) });
    const seen: (string | null)[] = [];
    const client = createClient(
      MessageService,
      transportFromServices(
        {
          message: {
            sendText(_request, context) {
              seen.push(context.requestHeader.get("who"));
              return {};
            },
          },
        },
        { interceptors: [replace] },
      ),
    );
    await client.sendText(text, { headers: { who: "caller" } });
    expect(seen).toEqual(["interceptor"]);
  });

  it("let an interceptor copy the response with a spread, or replace its header", async () => {
    const copy: Interceptor = (next) => async (request) => ({ ...(await next(request)) });
    const replace: Interceptor = (next) => async (request) => {
      const response = await next(request);
      return response.stream ? response : { ...response, header: new Headers({ from: "interceptor" }) };
    };
    const services = {
      message: {
        sendText(_request: SendTextRequest, context: HandlerContext) {
          context.responseHeader.set("from", "handler");
          return {};
        },
      },
    };
    const headerWith = async (interceptors: Interceptor[]) => {
      const transport = transportFromServices(services, { interceptors });
      const response = await transport.unary(sendText, undefined, undefined, undefined, text);
      return response.header.get("from");
    };
    expect([await headerWith([]), await headerWith([copy]), await headerWith([replace, copy])]).toEqual([
      "handler",
      "handler",
      "interceptor",
    ]);
  });

  it("keep error code, text, metadata and details, but not the objects", async () => {
    const thrown = serverError(ErrorCode.NOT_FOUND, Code.NotFound, "session_id");
    thrown.metadata.set("retry", "no");
    const client = createClient(
      MessageService,
      transportFromServices({
        message: {
          sendText() {
            throw thrown;
          },
        },
      }),
    );
    const error = await failureOf(client.sendText(text));
    expect(error).not.toBe(thrown);
    expect([error.code, error.rawMessage, error.metadata.get("retry")]).toEqual([Code.NotFound, "refused", "no"]);
    const [detail] = error.findDetails(ErrorDetailSchema);
    expect(detail).toMatchObject({ code: 404, field: "session_id", textEn: "text of 404" });
    if (detail !== undefined) detail.textEn = "changed";
    expect(thrown.findDetails(ErrorDetailSchema)[0]?.textEn).toBe("text of 404");
  });

  it("mask what is no ConnectError", async () => {
    const client = createClient(
      MessageService,
      transportFromServices({
        message: {
          sendText() {
            throw new Error("password is hunter2");
          },
        },
      }),
    );
    const error = await failureOf(client.sendText(text));
    expect([error.code, error.message]).toEqual([Code.Internal, "[internal] internal error"]);
  });

  it("name a missing method, after the interceptors have run", async () => {
    let seen = 0;
    const count: Interceptor = (next) => (request) => {
      seen += 1;
      return next(request);
    };
    const transport = transportFromServices({ message: {} }, { interceptors: [count] });
    const missing = await failureOf(createClient(MessageService, transport).sendText(text));
    expect([missing.code, missing.rawMessage]).toEqual([
      Code.Unimplemented,
      "nim.v1.MessageService.SendText is not implemented",
    ]);
    expect(seen).toBe(1);
    const nothing = createClient(PushService, createDirectTransport([]));
    expect((await failureOf(nothing.enablePushService({}))).rawMessage).toBe(
      "nim.v1.PushService.EnablePushService is not implemented",
    );
  });

  it("reject at once when the caller aborts, and tell the handler", async () => {
    let context: HandlerContext | undefined;
    const client = createClient(
      MessageService,
      transportFromServices({
        message: {
          sendText(_request, ctx) {
            context = ctx;
            void ctx.signal.aborted;
            return new Promise<SendTextResponse>(() => {});
          },
        },
      }),
    );
    const controller = new AbortController();
    const work = failureOf(client.sendText(text, { signal: controller.signal }));
    await settle();
    expect(context?.signal.aborted).toBe(false);
    controller.abort();
    expect((await work).code).toBe(Code.Canceled);
    expect(context?.signal.aborted).toBe(true);
  });

  it("do not reach the handler when the signal is aborted already", async () => {
    let calls = 0;
    const client = createClient(
      MessageService,
      transportFromServices({
        message: {
          sendText() {
            calls += 1;
            return {};
          },
        },
      }),
    );
    expect((await failureOf(client.sendText(text, { signal: AbortSignal.abort() }))).code).toBe(Code.Canceled);
    expect(calls).toBe(0);
  });

  it("honour timeoutMs, which the handler can read", async () => {
    const timers = createManualTimers();
    let context: HandlerContext | undefined;
    const transport = transportFromServices(
      {
        message: {
          sendText(_request, ctx) {
            context = ctx;
            return new Promise<SendTextResponse>(() => {});
          },
        },
      },
      { timers },
    );
    const work = failureOf(createClient(MessageService, transport).sendText(text, { timeoutMs: 500 }));
    await timers.advance(200);
    expect(context?.timeoutMs()).toBe(300);
    await timers.advance(300);
    expect((await work).code).toBe(Code.DeadlineExceeded);
    expect(context?.signal.aborted).toBe(true);
    expect(timers.pending()).toEqual([]);
  });

  it("abort the handler's signal when the call is over, even if it is first read then", async () => {
    let context: HandlerContext | undefined;
    const transport = transportFromServices({
      message: {
        sendText(_request, ctx) {
          context = ctx;
          return {};
        },
      },
    });
    await createClient(MessageService, transport).sendText(text);
    expect(context?.signal.aborted).toBe(true);
  });
});

describe("server streams", () => {
  interface Probe {
    context?: HandlerContext;
    yielded: number;
    cleaned: boolean;
  }

  function endless(probe: Probe) {
    return transportFromServices({
      audio: {
        async *playAudio(_request, context) {
          probe.context = context;
          try {
            for (;;) {
              probe.yielded += 1;
              yield {};
            }
          } finally {
            probe.cleaned = true;
          }
        },
      },
    });
  }

  const open = (transport: ReturnType<typeof endless>, signal?: AbortSignal, timeoutMs?: number) =>
    transport.stream(playAudio, signal, timeoutMs, undefined, single({ filePath: "fs://a.aac" }));

  it("pull one by one: the handler never runs ahead", async () => {
    const probe: Probe = { yielded: 0, cleaned: false };
    const { message } = await open(endless(probe));
    const iterator = message[Symbol.asyncIterator]();
    await settle();
    expect(probe.yielded).toBe(0);
    await iterator.next();
    await iterator.next();
    await settle();
    expect(probe.yielded).toBe(2);
    await iterator.return?.();
  });

  it("abort and clean the handler when the loop is left", async () => {
    const probe: Probe = { yielded: 0, cleaned: false };
    const { message } = await open(endless(probe));
    for await (const _ of message) break;
    await settle();
    expect([probe.context?.signal.aborted, probe.cleaned]).toEqual([true, true]);
  });

  it("reject a waiting pull when the caller aborts, whatever the handler does", async () => {
    const controller = new AbortController();
    let signal: AbortSignal | undefined;
    const transport = transportFromServices({
      audio: {
        async *playAudio(_request, context) {
          signal = context.signal;
          await new Promise(() => {});
          yield {};
        },
      },
    });
    const { message } = await open(transport, controller.signal);
    const pull = failureOf(message[Symbol.asyncIterator]().next());
    await settle();
    controller.abort();
    expect((await pull).code).toBe(Code.Canceled);
    expect(signal?.aborted).toBe(true);
  });

  it("end a waiting pull quietly when the loop is left from elsewhere", async () => {
    const transport = transportFromServices({
      audio: {
        async *playAudio(_request, context) {
          await untilAborted(context);
          yield {};
        },
      },
    });
    const { message } = await open(transport);
    const iterator = message[Symbol.asyncIterator]();
    const pull = iterator.next();
    await settle();
    await iterator.return?.();
    expect(await pull).toEqual({ done: true, value: undefined });
  });

  it("give what came before an error, then the error with its details", async () => {
    const transport = transportFromServices({
      audio: {
        async *playAudio() {
          yield {};
          throw serverError(ErrorCode.FILE_IO_FAILED, Code.Internal);
        },
      },
    });
    const { message } = await open(transport);
    const iterator = message[Symbol.asyncIterator]();
    expect((await iterator.next()).done).toBe(false);
    const error = await failureOf(iterator.next());
    expect(error.findDetails(ErrorDetailSchema)[0]?.code).toBe(5);
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
  });

  it("pass the request through interceptors as a stream", async () => {
    const seen: string[] = [];
    const peek: Interceptor = (next) => async (request) => {
      if (request.stream) {
        const source = request.message;
        const message = (async function* () {
          for await (const one of source) {
            seen.push(one.$typeName);
            yield one;
          }
        })();
        return next({ ...request, message });
      }
      return next(request);
    };
    const transport = transportFromServices(
      {
        audio: {
          async *playAudio(request) {
            seen.push(request.filePath);
            yield {};
          },
        },
      },
      { interceptors: [peek] },
    );
    const { message } = await open(transport);
    let count = 0;
    for await (const _ of message) count += 1;
    expect([...seen, count]).toEqual(["nim.v1.PlayAudioRequest", "fs://a.aac", 1]);
  });

  it("time out", async () => {
    const timers = createManualTimers();
    const transport = transportFromServices(
      {
        audio: {
          async *playAudio(_request, context) {
            await untilAborted(context);
            yield {};
          },
        },
      },
      { timers },
    );
    const { message } = await open(transport, undefined, 1000);
    const pull = failureOf(message[Symbol.asyncIterator]().next());
    await timers.advance(1000);
    expect((await pull).code).toBe(Code.DeadlineExceeded);
  });
});
