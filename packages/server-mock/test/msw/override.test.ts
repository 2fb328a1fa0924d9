// Answers that replace the backend's, as somebody writes them who tests a screen.
import { Code, ConnectError, createClient } from "@connectrpc/connect";
import { createHttpTransport, createNimClient, NimError, type NimClient, nimServices } from "@nimkit/sdk";
import { createMockBackend, type MockBackend } from "@nimkit/server-mock";
import { createMockNetwork, type MockHandlers, type MockNetwork, mockHandlers } from "@nimkit/server-mock/msw";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

let backend: MockBackend;
let handlers: MockHandlers;
let network: MockNetwork;
let nim: NimClient;
const transport = createHttpTransport({ baseUrl: "http://mock.example" });
const frames = () => createClient(nimServices.event, transport).subscribe({});

beforeEach(async () => {
  backend = createMockBackend();
  handlers = mockHandlers(backend);
  network = createMockNetwork(handlers);
  await network.enable();
  nim = createNimClient({ transport });
});
afterEach(async () => {
  await nim.close();
  await network.disable();
  await backend.close();
});

const loggedIn = () => nim.auth.login({ userId: "1001", password: "1qaz2wsx" });
const send = () => nim.message.sendText({ sessionId: "1002", content: "hi" });

describe("an answer", () => {
  test("is given in the backend's place, without a login", async () => {
    handlers.override.user.userInfo(({ request }) => ({ user: { userId: request.userId ?? "", nickname: "Ann" } }));
    expect(await nim.user.userInfo({ userId: "9" })).toMatchObject({ user: { userId: "9", nickname: "Ann" } });
  });

  test("may come later", async () => {
    handlers.override.user.userInfo(async () => {
      await Promise.resolve();
      return { user: { userId: "later" } };
    });
    expect(await nim.user.userInfo({ userId: "9" })).toMatchObject({ user: { userId: "later" } });
  });

  test("may be an error of this API, thrown or rejected", async () => {
    await loggedIn();
    handlers.override.message.sendText(() => {
      throw new NimError({ code: 416, method: "message.sendText", field: "content" });
    });
    await expect(send()).rejects.toMatchObject({ code: 416, field: "content", textEn: expect.stringContaining("requests") });
    handlers.override.message.sendText(async () => {
      throw new ConnectError("no", Code.PermissionDenied);
    });
    await expect(send()).rejects.toMatchObject({ connectCode: Code.PermissionDenied });
  });

  test("that fails by mistake is masked", async () => {
    handlers.override.user.userInfo(() => {
      throw new Error("secret of the test");
    });
    const error = await nim.user.userInfo({ userId: "9" }).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ connectCode: Code.Internal });
    expect(String(error)).not.toContain("secret");
  });

  test("may be the backend's, changed", async () => {
    await loggedIn();
    handlers.override.message.sendText(async (call) => {
      const { message } = await call.passthrough();
      if (message) message.text = "changed";
      return message ? { message } : {};
    });
    expect((await send()).message?.text).toBe("changed");
  });

  test("passed through is checked like any call", async () => {
    handlers.override.message.sendText((call) => call.passthrough());
    await expect(send()).rejects.toMatchObject({ code: 13, connectCode: Code.Unauthenticated });
    await loggedIn();
    await expect(nim.message.sendText({ content: "x" })).rejects.toMatchObject({ code: -1, field: "sessionId" });
  });
});

describe("how long it holds", () => {
  const named = (nickname: string) => () => ({ user: { userId: "9", nickname } });
  const nickname = async () => (await nim.user.userInfo({ userId: "1002" })).user?.nickname;

  test("once", async () => {
    await loggedIn();
    handlers.override.user.userInfo(named("first"), { once: true });
    expect(await nickname()).toBe("first");
    expect(await nickname()).not.toBe("first");
  });

  test("until it is taken away; the newest wins meanwhile", async () => {
    const removeOld = handlers.override.user.userInfo(named("old"));
    const removeNew = handlers.override.user.userInfo(named("new"));
    expect(await nickname()).toBe("new");
    removeNew();
    expect(await nickname()).toBe("old");
    removeOld();
    await expect(nickname()).rejects.toThrow(NimError);
  });

  test("until the reset", async () => {
    handlers.override.user.userInfo(named("old"));
    handlers.override.user.isUserInBlackList(() => ({ inBlackList: true }));
    handlers.resetOverrides();
    await expect(nickname()).rejects.toThrow(NimError);
  });
});

describe("a stream", () => {
  test("may be a list of answers, or a generator", async () => {
    handlers.override.event.subscribe(() => [
      { frame: { case: "opened", value: { epoch: "e", offset: 0, recovered: true } } },
      { frame: { case: "heartbeat", value: { time: 1 } } },
    ]);
    expect((await Array.fromAsync(frames())).map(({ frame }) => frame.case)).toEqual(["opened", "heartbeat"]);
    handlers.override.event.subscribe(async function* () {
      yield { frame: { case: "heartbeat", value: { time: 1 } } };
      throw new NimError({ code: 500, method: "event.subscribe" });
    });
    await expect(Array.fromAsync(frames())).rejects.toMatchObject({ code: Code.Internal });
  });

  test("may be the backend's, with something added", async () => {
    await loggedIn();
    handlers.override.event.subscribe(async function* (call) {
      yield { frame: { case: "heartbeat", value: { time: 1 } } };
      yield* call.passthroughStream();
    });
    const seen: (string | undefined)[] = [];
    await expect(
      (async () => {
        for await (const { frame } of frames()) seen.push(frame.case);
      })(),
    ).rejects.toMatchObject({ code: Code.Unauthenticated });
    expect(seen).toEqual(["heartbeat"]);
  });
});
