import { ClientType, KickReason } from "@nimkit/sdk/protocol/enums";
import { describe, expect, test } from "vitest";
import type { Platform } from "../../src/engine/entry.ts";
import { UNLIMITED_PLAN } from "../../src/engine/policy.ts";
import { DEFAULT_PASSWORD, defaultSeed } from "../../src/seed/default-seed.ts";
import { mergeSeeds } from "../../src/seed/merge-seeds.ts";
import { brief, readStream } from "../backend/stream-reader.ts";
import { codeOf, row, START, testBackend } from "./kit.ts";

const flagged = mergeSeeds(defaultSeed, {
  accounts: [
    { userId: "banned", password: DEFAULT_PASSWORD, banned: true },
    { userId: "forbidden", password: DEFAULT_PASSWORD, loginForbidden: true },
    { userId: "old", password: DEFAULT_PASSWORD, versionForbidden: true },
    { userId: "nologin" },
  ],
});

describe("B.1 login", () => {
  test(row("B.1", "an account is the same in upper and lower case"), () => {
    const b = testBackend({ seed: { accounts: [{ userId: "Ann", password: "p" }] } });
    const caller = { account: "", deviceId: "d", platform: "ios" as const };
    const reply = b.execute("auth.login", { userId: "aNN", password: "p", auto: false }, caller);
    expect(reply).toMatchObject({ userId: "ann", expiresAt: START + b.control.policy.tokenLifetimeMs });
    expect(reply.accessToken).toMatch(/^[\w-]{22}$/);
    expect(b.authenticate(reply.accessToken)).toEqual({ account: "ann", deviceId: "d", platform: "ios" });
  });

  test.each([
    ["1001", "wrong", 302],
    ["nobody", DEFAULT_PASSWORD, 302],
    ["nologin", "", 302],
    ["banned", DEFAULT_PASSWORD, 422],
    ["forbidden", DEFAULT_PASSWORD, 403],
    ["old", DEFAULT_PASSWORD, 317],
  ])(row("B.1", "login of %s with %s gives %i"), (userId, password, code) => {
    const b = testBackend({ seed: flagged });
    expect(codeOf(() => b.execute("auth.login", { userId, password, auto: false }, undefined))).toBe(code);
  });

  test.each([
    ["ios", 13, 13],
    ["android", 408, 1000],
    ["web", 13, 13],
  ] as const)(
    row("B.1", "before login on %s the server's calls give %i, the local database's %i"),
    (platform, far, near) => {
      const b = testBackend();
      const nobody = { account: "1001", deviceId: "d", platform };
      expect(codeOf(() => b.execute("user.fetchUserInfos", { userIds: ["1002"] }, nobody))).toBe(far);
      expect(codeOf(() => b.text(nobody, "1002", "hi"))).toBe(far);
      expect(codeOf(() => b.execute("friend.myFriends", {}, nobody))).toBe(near);
      expect(codeOf(() => b.execute("session.allRecentSession", {}, nobody))).toBe(near);
    },
  );

  test.each([14, 415, 408, 503, 500, 201, 310, 315, 431, 416] as const)(
    row("B.1", "what the mock has no cause for comes by policy: login gives %i"),
    (code) => {
      const b = testBackend({ policy: { failures: { "auth.login": code } } });
      expect(codeOf(() => b.login("1001"))).toBe(code);
      b.control.setPolicy({ failures: {} });
      expect(codeOf(() => b.login("1001"))).toBeUndefined();
    },
  );

  test(row("B.1", "policy loginPauseMs: a login sooner than that after a login or logout gives 416"), () => {
    const b = testBackend({ policy: { loginPauseMs: 3000 } });
    const ann = b.login("1001", "d");
    b.control.clock.advance(2999);
    expect(codeOf(() => b.login("1001", "d"))).toBe(416);
    // A refused one changes nothing: the earlier login goes on.
    expect(b.execute("auth.isLogined", {}, ann)).toEqual({ logined: true });
    b.execute("auth.logout", {}, ann);
    b.control.clock.advance(2999);
    expect(codeOf(() => b.login("1001", "d"))).toBe(416);
    b.control.clock.advance(1);
    expect(codeOf(() => b.login("1001", "d"))).toBeUndefined();
    expect(codeOf(() => b.login("1001", "web", "web"))).toBeUndefined();
    expect(codeOf(() => b.login("1001", "d", "ios", true))).toBeUndefined();
  });

  test(row("B.1", "a login that comes too soon is refused after everything else"), () => {
    const b = testBackend({ policy: { loginPauseMs: 3000 } });
    b.login("1001", "d");
    const wrong = { userId: "1001", password: "wrong", auto: false };
    const caller = { account: "", deviceId: "d", platform: "ios" as const };
    expect(codeOf(() => b.execute("auth.login", wrong, caller))).toBe(302);
  });

  test(row("B.1", "logout succeeds at once and ends the token"), () => {
    const b = testBackend();
    const caller = { account: "1001", deviceId: "d", platform: "ios" as const };
    const command = { userId: "1001", password: DEFAULT_PASSWORD, auto: false };
    const { accessToken } = b.execute("auth.login", command, caller);
    expect(b.execute("auth.isLogined", {}, caller)).toEqual({ logined: true });
    expect(b.execute("auth.logout", {}, caller)).toEqual({});
    expect(b.authenticate(accessToken)).toBeUndefined();
    expect(codeOf(() => b.execute("auth.isLogined", {}, caller))).toBe(13);
  });

  test("a token ends by the clock, and a call at that time is too late", () => {
    const b = testBackend({ policy: { tokenLifetimeMs: 1000 } });
    const caller = { account: "1001", deviceId: "d", platform: "ios" as const };
    const command = { userId: "1001", password: DEFAULT_PASSWORD, auto: false };
    const { accessToken } = b.execute("auth.login", command, caller);
    b.control.clock.advance(999);
    expect(b.authenticate(accessToken)).toEqual(caller);
    b.control.clock.advance(1);
    expect(b.authenticate(accessToken)).toBeUndefined();
    expect(codeOf(() => b.execute("auth.isLogined", {}, caller))).toBe(13);
    expect(b.entries.at(-2)?.command.kind).toBe("tick");
  });

  test("a new login of the device ends its old token", () => {
    const b = testBackend();
    const command = { userId: "1001", password: DEFAULT_PASSWORD, auto: false };
    const first = b.execute("auth.login", command, undefined).accessToken;
    const second = b.execute("auth.login", command, undefined).accessToken;
    expect(b.authenticate(first)).toBeUndefined();
    expect(b.authenticate(second)?.account).toBe("1001");
  });
});

describe("B.1 kick matrix", () => {
  test.each([
    ["single", "ios", "web", true],
    ["default", "ios", "android", true],
    ["default", "web", "web", true],
    ["default", "ios", "web", false],
    ["all", "ios", "ios", false],
    ["custom", "ios", "web", true],
    ["custom", "ios", "ios", false],
  ] as const)(row("B.1", "strategy %s: %s, then %s: kicked %s"), (kickStrategy, first, second, kicked) => {
    const b = testBackend({ policy: { kickStrategy, kickPairs: [["web", "ios"]] } });
    const one = b.login("1001", "one", first);
    b.login("1001", "two", second);
    const clientTypes: Record<Platform, ClientType> = {
      ios: ClientType.IOS,
      android: ClientType.ANDROID,
      web: ClientType.WEB,
    };
    const value = { reason: KickReason.EXCLUSIVE, clientType: clientTypes[second] };
    expect(b.told(one, "kick")).toEqual(kicked ? [{ case: "kick", value }] : []);
    expect(codeOf(() => b.execute("auth.isLogined", {}, one))).toBe(kicked ? 13 : undefined);
  });

  test(row("B.1", "strategy all: 10 devices, the 11th gives 417"), () => {
    const b = testBackend({ policy: { kickStrategy: "all" } });
    for (let i = 0; i < 10; i++) b.login("1001", `d${i}`);
    expect(codeOf(() => b.login("1001", "d10"))).toBe(417);
    expect(codeOf(() => b.login("1001", "d3"))).toBeUndefined();
  });

  test(row("B.1", "an automatic login forces nobody out: 417"), () => {
    const b = testBackend();
    const one = b.login("1001", "one");
    expect(codeOf(() => b.login("1001", "two", "ios", true))).toBe(417);
    expect(codeOf(() => b.login("1001", "one", "ios", true))).toBeUndefined();
    expect(b.told(one, "kick")).toEqual([]);
  });

  test(row("B.1", "a device kicked while offline learns of it at its next automatic login"), () => {
    const b = testBackend();
    b.login("1001", "one");
    const two = b.login("1001", "two");
    b.execute("auth.logout", {}, two);
    expect(codeOf(() => b.login("1001", "one", "ios", true))).toBe(417);
    expect(codeOf(() => b.login("1001", "one"))).toBeUndefined();
  });

  test(row("B.1", "kicked by the server: reason 2, and nothing more is told"), () => {
    const b = testBackend();
    const ann = b.login("1001");
    const ben = b.login("1002");
    b.control.kick("1001");
    b.text(ben, "1001", "are you there?");
    expect(b.told(ann)).toEqual([{ case: "kick", value: { reason: KickReason.SERVER } }]);
  });
});

describe("B.1 kick codes", () => {
  test.each([KickReason.SERVER, KickReason.CLIENT, KickReason.QUIETLY])(
    row("B.1", "kick code %i is told as it is, and every further call is not logged in"),
    (reason) => {
      const b = testBackend();
      const ann = b.login("1001", "d", "android");
      b.control.kick("1001", { reason });
      expect(b.told(ann, "kick")).toEqual([{ case: "kick", value: { reason } }]);
      expect(codeOf(() => b.text(ann, "1002", "hi"))).toBe(408);
      expect(codeOf(() => b.execute("auth.logout", {}, ann))).toBe(408);
    },
  );

  test(row("B.1", "the two classes coexist, and a kick hits one device of the account only"), () => {
    const b = testBackend();
    const [phone, desk] = [b.login("1001", "phone", "android"), b.login("1001", "desk", "web")];
    b.control.kick("1001", { deviceId: "desk" });
    expect([b.told(phone, "kick").length, b.told(desk, "kick").length]).toEqual([0, 1]);
    expect(b.execute("auth.isLogined", {}, phone)).toEqual({ logined: true });
  });
});

describe("offline messages at login", () => {
  test(row("B.1", "what arrived without a device is handed over, one event for each session, in order"), () => {
    const b = testBackend();
    const ben = b.login("1002");
    const cleo = b.login("1003");
    b.text(ben, "1001", "one");
    b.text(cleo, "1001", "two");
    b.text(ben, "1001", "three");
    const revoked = b.text(ben, "1001", "gone");
    const which = { sessionId: "1001", sessionType: 0, messageId: revoked.messageId } as const;
    b.execute("message.revokeMessage", which, ben);
    const ann = b.login("1001");
    const texts = b.told(ann).map((p) => (p.case === "message" ? p.value.messages.map((m) => m.text) : p.case));
    expect(texts).toEqual([["one", "three"], ["two"]]);
  });

  test("they wait until a stream was open: a device that is kicked before it reads takes nothing with it", async () => {
    const b = testBackend();
    b.text(b.login("1002"), "1001", "hi");
    b.login("1001", "crashed");
    const phone = b.login("1001", "phone");
    const stream = readStream(b, phone);
    expect(brief(await stream.take(2))).toEqual(["opened@0", "message@1"]);
    await stream.leave();
    expect(b.told(b.login("1001", "web", "web"), "message")).toEqual([]);
  });

  test("plan: what waits is limited, the newest of a session are kept", () => {
    const customPlan = { ...UNLIMITED_PLAN, offlinePerSession: 2, offlineTotal: 3, offlineMs: 60_000 };
    const b = testBackend({ policy: { plan: "custom", customPlan } });
    const ben = b.login("1002");
    const cleo = b.login("1003");
    b.text(cleo, "1001", "too old");
    b.control.clock.advance(60_000);
    for (const text of ["a", "b", "c"]) b.text(ben, "1001", text);
    for (const text of ["d", "e"]) b.text(cleo, "1001", text);
    const ann = b.login("1001");
    const texts = b.told(ann).map((p) => (p.case === "message" ? p.value.messages.map((m) => m.text) : p.case));
    expect(texts).toEqual([["b", "c"], ["d"]]);
  });
});
