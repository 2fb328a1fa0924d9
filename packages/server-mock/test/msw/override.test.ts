// Answers that replace the backend's, as somebody writes them who tests a screen.
import { Code, ConnectError, createClient } from "@connectrpc/connect";
import { createHttpTransport, createNimClient, type NimClient, NimError, nimServices } from "@nimkit/sdk";
import { createMockBackend, type MockBackend } from "@nimkit/server-mock";
import { createMockNetwork, type MockHandlers, type MockNetwork, mockHandlers } from "@nimkit/server-mock/msw";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

let backend: MockBackend;
let handlers: MockHandlers;
let network: MockNetwork;
let nim: NimClient;
const transport = createHttpTransport({ baseUrl: "http://mock.example" });

/** What a stream without a login gives, until it ends or fails. */
async function readFrames(seen: (string | undefined)[] = []) {
  for await (const { frame } of createClient(nimServices.event, transport).subscribe({})) seen.push(frame.case);
  return seen;
}

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
    handlers.override.user.userInfo(({ request }) => ({ userId: request.userId, alias: "Ann" }));
    expect(await nim.user.userInfo({ userId: "9" })).toMatchObject({ userId: "9", alias: "Ann" });
  });

  test("may come later", async () => {
    handlers.override.user.userInfo(async () => {
      await Promise.resolve();
      return { userId: "later" };
    });
    expect(await nim.user.userInfo({ userId: "9" })).toMatchObject({ userId: "later" });
  });

  test("may be an error of this API, thrown or rejected", async () => {
    await loggedIn();
    handlers.override.message.sendText(() => {
      throw new NimError({ code: 416, method: "message.sendText", field: "content" });
    });
    await expect(send()).rejects.toMatchObject({
      code: 416,
      field: "content",
      textEn: expect.stringContaining("requests"),
    });
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
  const named = (alias: string) => () => ({ userId: "9", alias });
  const alias = async () => (await nim.user.userInfo({ userId: "1002" })).alias;

  test("once", async () => {
    await loggedIn();
    handlers.override.user.userInfo(named("first"), { once: true });
    expect(await alias()).toBe("first");
    expect(await alias()).not.toBe("first");
  });

  test("until it is taken away; the newest wins meanwhile", async () => {
    const removeOld = handlers.override.user.userInfo(named("old"));
    const removeNew = handlers.override.user.userInfo(named("new"));
    expect(await alias()).toBe("new");
    removeNew();
    expect(await alias()).toBe("old");
    removeOld();
    await expect(alias()).rejects.toThrow(NimError);
  });

  test("until the reset", async () => {
    handlers.override.user.userInfo(named("old"));
    handlers.override.user.isUserInBlackList(() => ({ isInBlackList: true }));
    handlers.resetOverrides();
    await expect(alias()).rejects.toThrow(NimError);
  });
});

describe("a stream", () => {
  test("may be a list of answers, or a generator", async () => {
    handlers.override.event.subscribe(() => [
      { frame: { case: "opened", value: { epoch: "e", offset: 0, recovered: true } } },
      { frame: { case: "heartbeat", value: { time: 1 } } },
    ]);
    expect(await readFrames()).toEqual(["opened", "heartbeat"]);
    handlers.override.event.subscribe(async function* () {
      yield { frame: { case: "heartbeat", value: { time: 1 } } };
      throw new NimError({ code: 500, method: "event.subscribe" });
    });
    await expect(readFrames()).rejects.toMatchObject({ code: Code.Internal });
  });

  test("may be the backend's, with something added", async () => {
    await loggedIn();
    handlers.override.event.subscribe(async function* (call) {
      yield { frame: { case: "heartbeat", value: { time: 1 } } };
      yield* call.passthroughStream();
    });
    const seen: (string | undefined)[] = [];
    await expect(readFrames(seen)).rejects.toMatchObject({ code: Code.Unauthenticated });
    expect(seen).toEqual(["heartbeat"]);
  });
});
