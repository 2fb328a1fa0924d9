import { Code } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import { createNimClient, transportFromServices } from "../src/index.ts";
import { EndReason, ErrorCode, KickReason } from "../src/protocol.ts";
import {
  end,
  event,
  opened,
  quiet,
  relations,
  relationsChanged,
  serverError,
  untilAborted,
} from "./fakes/fake-backend.ts";
import { createHarness, nimErrorOf } from "./fakes/harness.ts";
import { settle } from "./fakes/manual-timers.ts";

const GOOD = ["CONNECTING", "CONNECTED", "AUTHENTICATING", "AUTHENTICATED", "SYNCING", "SYNCED"];

describe("login", () => {
  it("goes through the steps in order and resolves when everything is there", async () => {
    const h = createHarness();
    expect([h.nim.state, h.nim.isLogined()]).toEqual(["loggedOut", false]);
    const response = await h.login();
    expect(response).toMatchObject({ userId: "alice" });
    expect(h.steps).toEqual(GOOD);
    expect(h.states).toEqual(["connecting", "syncing", "online"]);
    expect(h.nim.isLogined()).toBe(true);
    expect(await h.nim.auth.isLogined({})).toMatchObject({ logined: true });
    h.nim.close();
  });

  it("waits for the first full relations", async () => {
    let release = (): void => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const h = createHarness([
      async function* (_request, context) {
        yield opened("e", 0);
        await gate;
        yield relations(["Bob"], ["7"]);
        yield relationsChanged(["bob"], ["8"]);
        await untilAborted(context);
      },
    ]);
    let resolved = false;
    const login = h.login().then(() => {
      resolved = true;
    });
    await settle();
    expect([resolved, h.nim.state]).toEqual([false, "syncing"]);
    release();
    await login;
    await settle();
    expect([h.nim.isMyFriend("bob"), h.nim.isMyTeam("7"), h.nim.isMyTeam("8")]).toEqual([false, true, true]);
    h.nim.close();
    expect(h.nim.isMyTeam("7")).toBe(false);
  });

  it("sends the token, the device and the platform", async () => {
    const h = createHarness(undefined, { platform: "android" });
    await h.login();
    await h.nim.message.sendText({ sessionId: "bob", content: "hi" }, { headers: { "Nimkit-Device": "other" } });
    expect(h.fake.headers).toEqual([
      "login - phone android",
      "subscribe Bearer secret phone android",
      "sendText Bearer secret phone android",
    ]);
    h.nim.close();
  });

  it("sends no Authorization when the backend gives no token", async () => {
    const h = createHarness();
    h.fake.token = "";
    await h.login();
    expect(h.fake.headers[1]).toBe("subscribe - phone web");
    expect(h.nim.isLogined()).toBe(true);
    h.nim.close();
  });

  it("fails by the server's word and leaves nothing behind", async () => {
    const h = createHarness();
    h.fake.loginErrors = [serverError(ErrorCode.INVALID_PASSWORD, Code.Unauthenticated)];
    const error = await nimErrorOf(h.login());
    expect([error.code, error.method, error.message]).toEqual([
      302,
      "auth.login",
      "auth.login failed: [302] text of 302",
    ]);
    expect(h.steps).toEqual(["CONNECTING", "CONNECTED", "AUTHENTICATING", "AUTH_FAILED"]);
    expect([h.nim.state, h.nim.isLogined(), h.timers.pending()]).toEqual(["loggedOut", false, []]);
  });

  it.each([
    [ErrorCode.ACCOUNT_BANNED, Code.PermissionDenied, "FORBIDDEN"],
    [ErrorCode.VERSION_FORBIDDEN, Code.FailedPrecondition, "VERSION_REJECTED"],
    [ErrorCode.ALREADY_EXISTS, Code.AlreadyExists, "KICKED"],
    [ErrorCode.DEVICE_NOT_TRUSTED, Code.PermissionDenied, "IDLE"],
  ])("tells failures apart on Android: %s", async (code, connect, step) => {
    const h = createHarness(undefined, { platform: "android" });
    h.fake.loginErrors = [serverError(code, connect)];
    await nimErrorOf(h.login());
    expect(h.steps.at(-1)).toBe(step);
  });

  it("reports a lost connection as a failed connection, and does not try again by itself", async () => {
    const h = createHarness();
    h.fake.loginErrors = [serverError(ErrorCode.NOT_CONNECTED, Code.Unavailable)];
    expect((await nimErrorOf(h.login())).code).toBe(415);
    expect(h.steps).toEqual(["CONNECTING", "CONNECT_FAILED"]);
    expect(h.fake.logins).toHaveLength(1);
  });

  it("gives up after 30 s without an answer", async () => {
    const h = createHarness();
    h.fake.loginGate = new Promise(() => {});
    const failed = nimErrorOf(h.login());
    await h.timers.advance(29_999);
    expect(h.nim.state).toBe("connecting");
    await h.timers.advance(1);
    const error = await failed;
    expect([error.code, error.method]).toEqual([408, "auth.login"]);
    expect(h.steps).toEqual(["CONNECTING", "CONNECT_FAILED"]);
    expect(h.timers.pending()).toEqual([]);
  });

  it("gives up when the events do not come, and stops trying", async () => {
    const h = createHarness([
      async function* () {
        yield opened("e", 0);
      },
    ]);
    const failed = nimErrorOf(h.login());
    await h.timers.advance(30_000);
    expect((await failed).code).toBe(408);
    expect(h.steps.slice(0, 4)).toEqual(GOOD.slice(0, 4));
    expect([h.nim.state, h.fake.open, h.timers.pending()]).toEqual(["loggedOut", 0, []]);
  });

  it("rejects at once when the backend has no events", async () => {
    const nim = createNimClient({
      transport: transportFromServices({ auth: { login: () => ({ userId: "a", accessToken: "t", expiresAt: 1 }) } }),
    });
    const error = await nimErrorOf(nim.auth.login({ userId: "a", password: "pw" }));
    expect(error.message).toContain("nim.v1.EventService.Subscribe is not implemented");
    expect(nim.state).toBe("loggedOut");
  });

  it("can be cancelled", async () => {
    const h = createHarness();
    h.fake.loginGate = new Promise(() => {});
    const controller = new AbortController();
    const failed = nimErrorOf(h.nim.auth.login({ userId: "a", password: "pw" }, { signal: controller.signal }));
    await settle();
    controller.abort();
    expect((await failed).code).toBe(ErrorCode.TASK_CANCELLED);
    expect(h.timers.pending()).toEqual([]);
  });

  it("refuses a token that cannot stand in a header, and a device id likewise", async () => {
    const h = createHarness();
    h.fake.token = "a\r\nX-Evil: 1";
    const error = await nimErrorOf(h.login());
    expect([error.code, error.field]).toEqual([414, "accessToken"]);
    expect(error.message).not.toContain("Evil");
    expect(() => createHarness(undefined, { deviceId: "a\nb" })).toThrow(/deviceId/);
  });
});

describe("several logins", () => {
  it("of the same account at once are one", async () => {
    const h = createHarness();
    const [first, second] = await Promise.all([h.login("alice"), h.login("ALICE")]);
    expect(second).toBe(first);
    expect(h.fake.logins).toEqual(["alice"]);
    h.nim.close();
  });

  it("of another account take over from one under way", async () => {
    const h = createHarness();
    let release = (): void => {};
    h.fake.loginGate = new Promise((resolve) => {
      release = resolve;
    });
    const first = nimErrorOf(h.login("alice"));
    const second = h.login("bob");
    release();
    expect((await first).code).toBe(ErrorCode.TASK_CANCELLED);
    expect(await second).toMatchObject({ userId: "bob" });
    expect([h.nim.state, h.fake.open]).toEqual(["online", 1]);
    h.nim.close();
  });

  it("log the old account out on this side first", async () => {
    const h = createHarness([
      async function* (_request, context) {
        yield opened("e", 5);
        yield relations(["bob"]);
        await untilAborted(context);
      },
      quiet,
    ]);
    await h.login("alice");
    expect(h.nim.isMyFriend("bob")).toBe(true);
    h.fake.token = "second";
    await h.login("carol");
    await settle();
    expect([h.nim.isMyFriend("bob"), h.fake.open]).toEqual([false, 1]);
    // A new account starts without the old one's place in the stream.
    expect(h.fake.subscribes.at(-1)).toMatchObject({ epoch: "" });
    expect(h.fake.headers.at(-1)).toBe("subscribe Bearer second phone web");
    h.nim.close();
  });
});

describe("the end of a login", () => {
  it("by logout closes the stream and tells the server with the old token", async () => {
    const h = createHarness();
    await h.login();
    await h.nim.auth.logout({});
    await settle();
    expect(h.fake.headers.at(-1)).toBe("logout Bearer secret phone web");
    expect([h.nim.state, h.nim.isLogined(), h.fake.open, h.steps.at(-1)]).toEqual(["loggedOut", false, 0, "IDLE"]);
    await h.nim.message.sendText({ sessionId: "bob", content: "hi" });
    expect(h.fake.headers.at(-1)).toBe("sendText - phone web");
    expect(h.timers.pending()).toEqual([]);
  });

  it("by logout holds even if the server fails", async () => {
    const h = createHarness();
    await h.login();
    h.fake.logoutError = serverError(ErrorCode.SERVER_ERROR, Code.Internal);
    expect((await nimErrorOf(h.nim.auth.logout({}))).code).toBe(500);
    await settle();
    expect([h.nim.state, h.fake.open]).toEqual(["loggedOut", 0]);
  });

  it("by a kick is told once, drops the token and never reconnects", async () => {
    const h = createHarness([
      async function* () {
        yield opened("e", 0);
        yield relations();
        yield event(1, { case: "kick", value: { reason: KickReason.EXCLUSIVE } });
        yield end(EndReason.KICKED, 1);
      },
      quiet,
    ]);
    await h.login();
    await h.timers.advance(60_000);
    expect([h.nim.state, h.kicks, h.nim.isLogined(), h.steps.at(-1)]).toEqual(["kicked", 1, false, "KICKED"]);
    expect(h.fake.subscribes).toHaveLength(1);
    await h.nim.message.sendText({ sessionId: "bob", content: "hi" });
    expect(h.fake.headers.at(-1)).toBe("sendText - phone web");
  });

  it("by an end frame alone still tells the kick", async () => {
    const h = createHarness([
      async function* () {
        yield opened("e", 0);
        yield relations();
        yield end(EndReason.KICKED);
      },
    ]);
    await h.login();
    await settle();
    expect([h.nim.state, h.kicks]).toEqual(["kicked", 1]);
  });

  it.each([
    [EndReason.LOGGED_OUT, "loggedOut", "IDLE", false],
    [EndReason.TOKEN_EXPIRED, "expired", "AUTH_FAILED", false],
    [EndReason.REPLACED, "replaced", "OFFLINE", true],
  ])("by end reason %s", async (reason, state, step, logined) => {
    const h = createHarness([
      async function* () {
        yield opened("e", 0);
        yield relations();
        yield end(reason);
      },
      quiet,
    ]);
    await h.login();
    await h.timers.advance(60_000);
    expect([h.nim.state, h.steps.at(-1), h.nim.isLogined()]).toEqual([state, step, logined]);
    expect(h.fake.subscribes).toHaveLength(1);
  });

  it("by a token that the server no longer takes stops the stream", async () => {
    const h = createHarness([
      async function* () {
        yield opened("e", 0);
        yield relations();
      },
      async function* () {
        yield* [];
        throw serverError(ErrorCode.NOT_LOGGED_IN, Code.Unauthenticated);
      },
      quiet,
    ]);
    await h.login();
    await h.timers.advance(60_000);
    expect([h.nim.state, h.nim.isLogined(), h.fake.subscribes.length]).toEqual(["expired", false, 2]);
    expect(h.timers.pending()).toEqual([]);
  });

  it("by an expired token: the next login of the account goes on from the cursor, or tells of a reset", async () => {
    const h = createHarness([
      async function* () {
        yield opened("e", 4);
        yield relations();
        yield end(EndReason.TOKEN_EXPIRED);
      },
      async function* () {
        yield opened("e", 4);
        yield relations();
        yield end(EndReason.TOKEN_EXPIRED);
      },
      async function* (_request, context) {
        yield opened("f", 0, false);
        yield relations();
        await untilAborted(context);
      },
    ]);
    const cursors = () => h.fake.subscribes.map(({ epoch, offset }) => `${epoch}:${offset}`);
    await h.login();
    await settle();
    await h.login();
    await settle();
    expect([cursors(), h.resets]).toEqual([[":0", "e:4"], 0]);
    await h.login();
    expect([cursors(), h.resets]).toEqual([[":0", "e:4", "e:4"], 1]);
    h.nim.close();
  });

  it("in the middle of a frame silences the rest", async () => {
    const h = createHarness([
      async function* (_request, context) {
        yield opened("e", 0);
        yield relations();
        yield event(1, { case: "teamRemoved", value: { team: { teamId: "1" } } });
        yield event(2, { case: "teamRemoved", value: { team: { teamId: "2" } } });
        await untilAborted(context);
      },
    ]);
    h.nim.on("teamRemoved", () => h.nim.close());
    await h.login();
    await settle();
    expect([h.received, h.nim.state, h.fake.open]).toEqual([["1"], "loggedOut", 0]);
  });
});
