import { create } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import { createNimClient, NimError, transportFromServices } from "../src/index.ts";
import { ErrorCode, SendTextRequestSchema } from "../src/protocol.ts";
import { serverError, untilAborted } from "./fakes/fake-backend.ts";
import { createHarness, nimErrorOf } from "./fakes/harness.ts";
import { settle } from "./fakes/manual-timers.ts";

const text = { sessionId: "bob", content: "hi" };
const down = (): ConnectError => serverError(ErrorCode.NOT_CONNECTED, Code.Unavailable);

describe("a send", () => {
  it("carries an id of its own, which a retry keeps", async () => {
    let made = 0;
    const h = createHarness(undefined, { ids: () => `id-${++made}` });
    h.fake.sendErrors = [down(), new ConnectError("fetch failed", Code.Unknown, undefined, undefined, new TypeError())];
    const request = { ...text };
    const sent = h.nim.message.sendText(request);
    await settle();
    request.content = "changed meanwhile";
    await h.timers.advance(1000);
    await sent;
    expect(h.fake.sends.map(({ messageId, content }) => `${messageId} ${content}`)).toEqual([
      "id-1 hi",
      "id-1 hi",
      "id-1 hi",
    ]);
    await h.nim.message.sendText(text);
    expect(h.fake.sends.at(-1)?.messageId).toBe("id-2");
  });

  it("keeps an id that the app gave, and leaves the app's message alone", async () => {
    const h = createHarness();
    await h.nim.message.sendText({ ...text, messageId: "mine" });
    const message = create(SendTextRequestSchema, text);
    await h.nim.message.sendText(message);
    expect(h.fake.sends[0]?.messageId).toBe("mine");
    expect(h.fake.sends[1]?.messageId).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(message.messageId).toBe("");
  });

  it("is tried 4 times at most", async () => {
    const h = createHarness();
    h.fake.sendErrors = [down(), down(), down(), down(), down()];
    const failed = nimErrorOf(h.nim.message.sendText(text));
    await h.timers.advance(10_000);
    expect((await failed).code).toBe(415);
    expect(h.fake.sends).toHaveLength(4);
  });

  it.each([
    ["the server's word", () => serverError(ErrorCode.BLACKLISTED, Code.PermissionDenied)],
    ["a bug in the handler", () => new Error("boom")],
    ["a timeout", () => new ConnectError("late", Code.DeadlineExceeded)],
  ])("is not tried again after %s", async (_name, error) => {
    const h = createHarness();
    h.fake.sendErrors = [error()];
    await nimErrorOf(h.nim.message.sendText(text));
    expect(h.fake.sends).toHaveLength(1);
  });

  it("stops waiting when it is cancelled", async () => {
    const h = createHarness();
    h.fake.sendErrors = [down(), down()];
    const controller = new AbortController();
    const failed = nimErrorOf(h.nim.message.sendText(text, { signal: controller.signal }));
    await settle();
    controller.abort();
    expect((await failed).code).toBe(ErrorCode.TASK_CANCELLED);
    expect([h.fake.sends.length, h.timers.pending()]).toEqual([1, []]);
  });
});

describe("other calls", () => {
  const counting = (error: () => unknown) => {
    const calls: string[] = [];
    const fail = (name: string) => () => {
      calls.push(name);
      throw error();
    };
    const nim = createNimClient({
      random: () => 0,
      transport: transportFromServices({
        friend: { myFriends: fail("read"), deleteFriend: fail("write") },
        push: {},
      }),
    });
    return { nim, calls };
  };

  it("are tried again when they only read", async () => {
    const { nim, calls } = counting(down);
    await nimErrorOf(nim.friend.myFriends({}));
    await nimErrorOf(nim.friend.deleteFriend({ userId: "bob" }));
    expect(calls).toEqual(["read", "read", "read", "read", "write"]);
  });

  it("name what the backend lacks", async () => {
    const { nim } = counting(down);
    const error = await nimErrorOf(nim.push.enablePushService({}));
    expect([error.connectCode, error.message]).toEqual([
      Code.Unimplemented,
      "push.enablePushService failed: [514] nim.v1.PushService.EnablePushService is not implemented",
    ]);
  });

  it("refuse a request that does not fit its type, naming the field", async () => {
    const h = createHarness();
    const wrong: object = { sessionId: "bob", content: 5 };
    const error = await nimErrorOf(h.nim.message.sendText(wrong));
    expect([error.code, error.field, h.fake.sends.length]).toEqual([414, "content", 0]);
  });

  it("refuse headers that would inject another", async () => {
    const h = createHarness();
    const error = await nimErrorOf(h.nim.message.sendText(text, { headers: { evil: "a\r\nb: c" } }));
    expect([error.code, error.field, h.fake.sends.length]).toEqual([414, "headers", 0]);
  });
});

describe("server streams", () => {
  it("cancel the handler when the loop is left, and reject with a NimError", async () => {
    let aborted = false;
    let calls = 0;
    const nim = createNimClient({
      transport: transportFromServices({
        audio: {
          async *playAudio(request, context) {
            calls += 1;
            context.signal.addEventListener("abort", () => {
              aborted = true;
            });
            if (request.filePath === "bad") throw serverError(ErrorCode.FILE_IO_FAILED, Code.Internal);
            yield {};
            await untilAborted(context);
          },
        },
      }),
    });
    nim.audio.playAudio({ filePath: "never pulled" });
    await settle();
    expect(calls).toBe(0);
    for await (const _ of nim.audio.playAudio({ filePath: "good" })) break;
    expect(aborted).toBe(true);
    const stream = nim.audio.playAudio({ filePath: "bad" })[Symbol.asyncIterator]();
    const error = await nimErrorOf(stream.next());
    expect([error.code, error.method]).toEqual([5, "audio.playAudio"]);
  });
});

describe("NimError", () => {
  it("says what the server said, in both languages", () => {
    const error = NimError.from(serverError(ErrorCode.NOT_FOUND, Code.NotFound, "session_id"), "message.sendText");
    expect(error).toMatchObject({
      name: "NimError",
      code: 404,
      method: "message.sendText",
      field: "session_id",
      textEn: "text of 404",
      textZh: "404 的说明",
      connectCode: Code.NotFound,
      message: "message.sendText failed: [404] text of 404",
    });
    expect([error.text("en"), error.text("zh")]).toEqual(["text of 404", "404 的说明"]);
  });

  it.each([
    [Code.Canceled, 19],
    [Code.DeadlineExceeded, 408],
    [Code.Unavailable, 415],
    [Code.Unauthenticated, 13],
    [Code.PermissionDenied, 403],
    [Code.NotFound, 404],
    [Code.AlreadyExists, 417],
    [Code.ResourceExhausted, 416],
    [Code.InvalidArgument, 414],
    [Code.Internal, 500],
    [Code.Unknown, 500],
    [Code.Unimplemented, 514],
  ])("has a code for Connect's %s without a detail, with the table's text", (connect, code) => {
    const error = NimError.from(new ConnectError("raw", connect), "team.createTeam");
    expect([error.code, error.message]).toEqual([code, `team.createTeam failed: [${code}] raw`]);
    expect(error.textEn).not.toBe("");
    expect(error.textZh).not.toBe(error.textEn);
  });

  it("keeps a NimError, and takes anything", () => {
    const error = NimError.from("odd", "user.myProfile");
    expect(NimError.from(error, "other")).toBe(error);
    expect([error.code, error.message]).toEqual([500, "user.myProfile failed: [500] odd"]);
    expect(NimError.from(new DOMException("gone", "AbortError"), "m").code).toBe(19);
  });
});
