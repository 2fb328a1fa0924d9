import { SessionType } from "@nimkit/sdk/protocol/enums";
import { describe, expect, test } from "vitest";
import { createBackend, RuleError } from "../../src/backend/index.ts";
import { apply } from "../../src/engine/apply.ts";
import { digest, restoreWorld } from "../../src/engine/snapshot.ts";
import { step } from "../../src/engine/step.ts";
import { emptyWorld } from "../../src/engine/world.ts";
import { DEFAULT_PASSWORD } from "../../src/seed/default-seed.ts";
import { codeOf, START, type TestBackend, testBackend } from "../engine/kit.ts";
import { manualTimers } from "./manual-timers.ts";
import { brief, readStream } from "./stream-reader.ts";

const hostile = JSON.parse('{"__proto__":{"a":1},"constructor":1,"$map":[["x",1]],"$set":[],"list":[{"$object":1}]}');

/** A bit of everything. */
function live(b: TestBackend): void {
  const [ann, ben] = [b.login("1001"), b.login("1002")];
  const { messageId } = b.text(ann, "1002", "one");
  b.text(ben, "64430396", "two", { sessionType: SessionType.TEAM, ext: hostile });
  b.execute("message.revokeMessage", { messageId, sessionType: SessionType.P2P }, ann);
  b.execute("user.addToBlackList", { userId: "1002" }, ann);
  codeOf(() => b.text(ben, "1001", "refused"));
  b.execute("friend.requestFriend", { userId: "1003", operation: 1 }, ben);
  b.execute("session.clearChattingHistory", { sessionId: "64430396", sessionType: SessionType.TEAM }, ann);
  b.login("1001", "web", "web");
  b.control.clock.advance(40 * 24 * 3_600_000);
  b.login("1003");
}

describe("one log", () => {
  test("folding the journal over an empty world gives the same digest", () => {
    const b = testBackend();
    live(b);
    const world = emptyWorld();
    for (const event of b.journal) apply(world, event);
    expect(digest(world)).toBe(b.control.digest());
  });

  test("stepping the log again gives the same answers and the same digest", () => {
    const b = testBackend();
    live(b);
    const world = emptyWorld();
    const events = b.entries.flatMap((entry) => step(world, entry).events);
    expect(JSON.stringify(events)).toBe(JSON.stringify(b.journal));
    expect(digest(world)).toBe(b.control.digest());
  });

  test("entries have no gaps and never go back in time", () => {
    const b = testBackend();
    live(b);
    b.control.clock.set(START);
    b.login("1002");
    expect(b.control.log().map((entry) => entry.index)).toEqual(b.entries.map((_, i) => i + 1));
    const times = b.entries.map((entry) => entry.time);
    expect([...times].sort((x, y) => x - y)).toEqual(times);
  });

  test("P9 the same script gives the same world, ids and answers; tokens alone differ", () => {
    const [one, two] = [testBackend(), testBackend()];
    live(one);
    live(two);
    const withoutTokens = (b: TestBackend) => JSON.stringify(b.journal).replaceAll(/"tokenHash":"[^"]*"/g, "");
    expect(withoutTokens(one)).toBe(withoutTokens(two));
    expect(one.control.digest()).toBe(two.control.digest());
    const other = testBackend({ randomSeed: 2 });
    live(other);
    expect(withoutTokens(other)).not.toBe(withoutTokens(one));
  });
});

describe("snapshot and restore", () => {
  test("a snapshot is JSON that gives the same world, hostile keys included", () => {
    const b = testBackend();
    live(b);
    const snapshot = JSON.parse(JSON.stringify(b.control.snapshot()));
    expect(digest(restoreWorld(snapshot))).toBe(b.control.digest());
    const other = testBackend();
    other.control.restore(snapshot);
    expect(other.control.digest()).toBe(b.control.digest());
    const cleo = { account: "1003", deviceId: "1003-phone", platform: "ios" as const };
    const local = { sessionId: "64430396", sessionType: SessionType.TEAM, limit: 1 };
    const [message] = other.execute("message.queryMessageHistory", local, cleo).messages;
    expect(JSON.stringify(message?.ext)).toBe(JSON.stringify(hostile));
  });

  test.each([[null], [{}], [{ format: 1, world: {} }], [{ format: 1, world: { $map: [1] } }]])(
    "%j is no snapshot and changes nothing",
    (value) => {
      const b = testBackend();
      const before = b.control.digest();
      expect(() => b.control.restore(JSON.parse(JSON.stringify(value)))).toThrow(TypeError);
      expect(b.control.digest()).toBe(before);
    },
  );

  test("a restore begins a new epoch: streams are cut, old cursors reset, tokens stay valid", async () => {
    const b = testBackend();
    const caller = { account: "1001", deviceId: "d", platform: "ios" as const };
    const login = { userId: "1001", password: "1qaz2wsx", auto: false };
    const { accessToken } = b.execute("auth.login", login, caller);
    const snapshot = b.control.snapshot();
    const stream = readStream(b, caller);
    await stream.take(2);
    b.control.restore(snapshot);
    expect(await stream.rest()).toEqual([]);
    expect(b.authenticate(accessToken)).toEqual(caller);
    const again = readStream(b, caller, { epoch: "test", offset: 0 });
    expect(brief(await again.take(1))).toEqual(["opened@0 reset"]);
    await again.leave();
  });

  test("a snapshot of a longer log goes on in a new backend: fresh ids, nothing lost or handed over twice", async () => {
    const old = testBackend();
    const ben = old.login("1002");
    const ids = ["a", "b", "c"].map((text) => old.text(ben, "1001", text).messageId);
    const stream = readStream(old, old.login("1001"));
    await stream.take(2);
    await stream.leave();
    old.control.kick("1001");
    const b = testBackend();
    b.control.restore(JSON.parse(JSON.stringify(old.control.snapshot())));
    for (const text of ["d", "e", "f"]) ids.push(b.text(ben, "1001", text).messageId);
    expect(new Set(ids).size).toBe(6);
    const told = b.told(b.login("1001")).flatMap((p) => (p.case === "message" ? p.value.messages : []));
    expect(told.map((m) => m.text)).toEqual(["d", "e", "f"]);
  });

  test("a reset gives the world of the start, and nobody is logged in", () => {
    const b = testBackend({ policy: { unreadSync: "on" } });
    const before = b.control.digest();
    const ann = b.login("1001");
    b.text(ann, "1002", "hi");
    b.control.setPolicy({ roaming: "service" });
    b.control.reset();
    expect(b.control.digest()).toBe(before);
    expect(codeOf(() => b.execute("auth.isLogined", {}, ann))).toBe(13);
  });
});

describe("seeds", () => {
  test.each([
    ["accounts[0].userId", { accounts: [{ userId: "no spaces" }] }],
    ["accounts[0].blacklist", { accounts: [{ userId: "x", blacklist: ["nobody"] }] }],
    ["friends[0]", { friends: [["1001", "nobody"] as const] }],
    ["teams[0].teamId", { teams: [{ teamId: "64430396", teamName: "x", type: 1 as const, owner: "1001" }] }],
    ["teams[0]", { teams: [{ teamId: "1", teamName: "x", type: 1 as const, owner: "nobody" }] }],
    ["rooms[0].creator", { rooms: [{ roomId: "1", name: "x", creator: "nobody" }] }],
    ["messages[0]", { messages: [{ from: "1001", text: "to nobody" }] }],
    ["messages[0].teamId", { messages: [{ from: "1001", teamId: "1", text: "x" }] }],
  ])("a wrong name is refused with its path %s and nothing is added", (field, seed) => {
    const b = testBackend();
    const before = b.control.digest();
    try {
      b.control.seed(seed);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(RuleError);
      expect(error).toMatchObject({ code: 414, field });
    }
    expect(b.control.digest()).toBe(before);
  });
});

describe("clock", () => {
  test("running time wakes the timeline by itself, in steps that setTimeout can do", () => {
    const timers = manualTimers();
    const b = createBackend({ timers, clock: { now: timers.now } });
    const caller = { account: "1001", deviceId: "d", platform: "ios" as const };
    const login = { userId: "1001", password: "1qaz2wsx", auto: false };
    const { accessToken } = b.execute("auth.login", login, caller);
    timers.pass(30 * 24 * 3_600_000 - 1);
    expect(b.authenticate(accessToken)).toEqual(caller);
    timers.pass(1);
    expect(b.authenticate(accessToken)).toBeUndefined();
    expect(b.control.log().at(-1)?.command.kind).toBe("tick");
    expect(timers.pending()).toBe(0);
  });

  test("freeze, resume, advance, set", () => {
    const timers = manualTimers();
    const { clock } = createBackend({ timers, clock: { now: timers.now } }).control;
    timers.pass(5);
    clock.freeze();
    timers.pass(5);
    expect(clock.now()).toBe(5);
    clock.advance(10);
    clock.resume();
    timers.pass(1);
    expect(clock.now()).toBe(16);
    clock.set(1000);
    timers.pass(1);
    expect(clock.now()).toBe(1001);
    expect(() => clock.advance(-1)).toThrow(RangeError);
    expect(() => clock.set(Number.NaN)).toThrow(RangeError);
  });

  test("advancing does what is due at its own time, in order", () => {
    const b = testBackend({ policy: { tokenLifetimeMs: 1000 } });
    b.login("1001");
    b.control.clock.advance(400);
    b.login("1002");
    b.control.clock.advance(5000);
    const ticks = b.entries.filter((entry) => entry.command.kind === "tick").map((entry) => entry.time - START);
    expect(ticks).toEqual([1000, 1400]);
    expect(b.control.clock.now()).toBe(START + 5400);
  });
});

describe("close", () => {
  test("a closed backend answers nobody: no call, no token, no stream", async () => {
    const backend = createBackend();
    const caller = { account: "1001", deviceId: "d", platform: "web" } as const;
    const login = { userId: "1001", password: DEFAULT_PASSWORD, auto: false };
    const { accessToken = "" } = backend.execute("auth.login", login, caller);
    expect(backend.authenticate(accessToken)).toMatchObject({ account: "1001" });
    await backend.close();
    expect(backend.authenticate(accessToken)).toBeUndefined();
    expect(codeOf(() => backend.execute("auth.login", login, caller))).toBe(415);
    await expect(backend.subscribe(caller, {})[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 415 });
  });
});
