import { EndReason, FriendOperation } from "@nimkit/sdk/protocol/enums";
import { describe, expect, test } from "vitest";
import { HEARTBEAT_MS } from "../../src/backend/subscribe.ts";
import { MAX_QUEUED_FRAMES } from "../../src/backend/subscriber.ts";
import { FEED_WINDOW_EVENTS } from "../../src/engine/limits.ts";
import { testBackend } from "../engine/kit.ts";
import { manualTimers } from "./manual-timers.ts";
import { brief, readStream } from "./stream-reader.ts";

describe("P2 resume", () => {
  test("a first stream: opened, what came since the login, the relations, then live", async () => {
    const b = testBackend();
    const [ann, ben] = [b.login("1001"), b.login("1002")];
    b.text(ben, "1001", "before");
    const stream = readStream(b, ann);
    expect(brief(await stream.take(3))).toEqual(["opened@0", "message@1", "relations"]);
    b.text(ben, "1001", "after");
    expect(brief(await stream.take(1))).toEqual(["message@2"]);
    await stream.leave();
  });

  test("with a cursor: every later event once", async () => {
    const b = testBackend();
    const [ann, ben] = [b.login("1001"), b.login("1002")];
    for (const text of ["a", "b", "c"]) b.text(ben, "1001", text);
    const stream = readStream(b, ann, { epoch: "test", offset: 1 });
    expect(brief(await stream.take(4))).toEqual(["opened@1", "message@2", "message@3", "relations"]);
    await stream.leave();
  });

  test("without a cursor a second stream begins after what the first was handed", async () => {
    const b = testBackend();
    const [ann, ben] = [b.login("1001"), b.login("1002")];
    b.text(ben, "1001", "a");
    const first = readStream(b, ann);
    await first.take(2);
    await first.leave();
    b.text(ben, "1001", "b");
    const second = readStream(b, ann);
    expect(brief(await second.take(3))).toEqual(["opened@1", "message@2", "relations"]);
    await second.leave();
  });

  test.each([
    ["another epoch", { epoch: "other", offset: 1 }],
    ["an offset of the future", { epoch: "test", offset: 9 }],
    ["no whole number", { epoch: "test", offset: 0.5 }],
  ])("%s: one reset and no event before it", async (_name, cursor) => {
    const b = testBackend();
    const [ann, ben] = [b.login("1001"), b.login("1002")];
    b.text(ben, "1001", "a");
    const stream = readStream(b, ann, cursor);
    expect(brief(await stream.take(2))).toEqual(["opened@1 reset", "relations"]);
    await stream.leave();
  });

  test("after a logout an old cursor leads to a reset; what was never handed over comes at the login", async () => {
    const b = testBackend();
    const [ann, ben] = [b.login("1001"), b.login("1002")];
    b.text(ben, "1001", "a");
    b.execute("auth.logout", {}, ann);
    b.login("1001");
    const stream = readStream(b, ann, { epoch: "test", offset: 1 });
    expect(brief(await stream.take(1))).toEqual(["opened@3 reset"]);
    await stream.leave();
    expect(b.told(ann).map((payload) => payload.case)).toEqual(["message", "message"]);
  });

  test("after the token ran out the device logs in again and resumes without loss", async () => {
    const b = testBackend({ policy: { tokenLifetimeMs: 1000 } });
    const ann = b.login("1001");
    const stream = readStream(b, ann);
    await stream.take(2);
    b.control.clock.advance(1000);
    expect(brief(await stream.rest())).toEqual([`end:${EndReason.TOKEN_EXPIRED}@0`]);
    const ben = b.login("1002");
    b.text(ben, "1001", "meanwhile");
    b.login("1001");
    const again = readStream(b, ann, { epoch: "test", offset: 0 });
    expect(brief(await again.take(3))).toEqual(["opened@0", "message@1", "relations"]);
    await again.leave();
  });

  test("the window keeps 10,000 events, and all of the last 10 minutes", async () => {
    const b = testBackend();
    const [ann, ben] = [b.login("1001"), b.login("1002")];
    const extra = FEED_WINDOW_EVENTS / 5;
    for (let i = 0; i < FEED_WINDOW_EVENTS + extra; i++) b.text(ben, "1001", "x");
    const all = readStream(b, ann, { epoch: "test", offset: 0 });
    expect(brief(await all.take(1))).toEqual(["opened@0"]);
    await all.leave();
    b.control.clock.advance(10 * 60_000 + 1);
    for (let i = 0; i < 2; i++) b.text(ben, "1001", "y");
    const last = FEED_WINDOW_EVENTS + extra + 2;
    const late = readStream(b, ann, { epoch: "test", offset: 0 });
    expect(brief(await late.take(1))).toEqual([`opened@${last} reset`]);
    await late.leave();
    const inside = readStream(b, ann, { epoch: "test", offset: last - FEED_WINDOW_EVENTS });
    expect((await inside.take(2)).map((f) => f.case)).toEqual(["opened", "event"]);
    await inside.leave();
  });
});

describe("ends", () => {
  test("a kick is the last event, then the end", async () => {
    const b = testBackend();
    const stream = readStream(b, b.login("1001"));
    await stream.take(2);
    b.control.kick("1001");
    expect(brief(await stream.rest())).toEqual(["kick@1", `end:${EndReason.KICKED}@1`]);
    expect(b.control.openStreams()).toBe(0);
  });

  test("logout", async () => {
    const b = testBackend();
    const ann = b.login("1001");
    const stream = readStream(b, ann);
    await stream.take(2);
    b.execute("auth.logout", {}, ann);
    expect(brief(await stream.rest())).toEqual([`end:${EndReason.LOGGED_OUT}@0`]);
  });

  test("a newer stream of the device replaces the older one", async () => {
    const b = testBackend();
    const [ann, ben] = [b.login("1001"), b.login("1002")];
    const old = readStream(b, ann);
    await old.take(2);
    const fresh = readStream(b, ann);
    await fresh.take(2);
    expect(brief(await old.rest())).toEqual([`end:${EndReason.REPLACED}@0`]);
    b.text(ben, "1001", "to the new one");
    expect(brief(await fresh.take(1))).toEqual(["message@1"]);
    await fresh.leave();
  });

  test("B1 a slow reader ends with its cursor and resumes without loss", async () => {
    const b = testBackend();
    const [ann, ben] = [b.login("1001"), b.login("1002")];
    const stream = readStream(b, ann);
    await stream.take(2);
    const text = "x".repeat(4000);
    for (let i = 0; i < 300; i++) b.text(ben, "1001", text);
    expect(brief(await stream.rest())).toEqual([`end:${EndReason.SLOW_CONSUMER}@0`]);
    const again = readStream(b, ann, { epoch: "test", offset: 0 });
    const offsets = (await again.take(301)).flatMap((f) => (f.case === "event" ? [f.value.offset] : []));
    expect(offsets).toEqual(Array.from({ length: 300 }, (_, i) => i + 1));
    await again.leave();
  });

  test("B1 the number of waiting frames is limited too", async () => {
    const b = testBackend();
    const [ann, ben] = [b.login("1001"), b.login("1002")];
    const stream = readStream(b, ann);
    await stream.take(2);
    for (let i = 0; i <= MAX_QUEUED_FRAMES; i++) {
      const userId = "1001";
      const operation = i % 2 === 0 ? FriendOperation.ADD : FriendOperation.UNSPECIFIED;
      if (operation === FriendOperation.ADD) b.execute("friend.requestFriend", { userId, operation }, ben);
      else b.execute("friend.deleteFriend", { userId }, ben);
    }
    expect(brief(await stream.rest())).toEqual([`end:${EndReason.SLOW_CONSUMER}@0`]);
  });

  test("a dropped stream stops without an end frame", async () => {
    const b = testBackend();
    const stream = readStream(b, b.login("1001"));
    await stream.take(2);
    b.control.dropStreams("1001");
    expect(await stream.rest()).toEqual([]);
  });

  test("closing the backend ends the streams", async () => {
    const b = testBackend();
    const stream = readStream(b, b.login("1001"));
    await stream.take(2);
    await b.close();
    expect(brief(await stream.rest())).toEqual([`end:${EndReason.SERVER_CLOSING}@0`]);
  });

  test("not logged in: refused at the first read", async () => {
    const b = testBackend();
    const stream = readStream(b, { account: "1001", deviceId: "d", platform: "android" });
    await expect(stream.next()).rejects.toMatchObject({ name: "RuleError", code: 408 });
  });
});

describe("cleanup and signs of life", () => {
  test("Z3 an aborted signal cleans up at once, though the reader never comes back", async () => {
    const timers = manualTimers();
    const b = testBackend({ timers });
    const abort = new AbortController();
    const stream = readStream(b, b.login("1001"), {}, abort.signal);
    await stream.take(1);
    expect(b.control.openStreams()).toBe(1);
    abort.abort();
    expect(b.control.openStreams()).toBe(0);
    expect(b.entries.at(-1)?.command.kind).toBe("disconnected");
    expect(await stream.rest()).toEqual([]);
  });

  test("an abort ends a read that waits, and no timer is left", async () => {
    const timers = manualTimers();
    const b = testBackend({ timers });
    const abort = new AbortController();
    const stream = readStream(b, b.login("1001"), {}, abort.signal);
    await stream.take(2);
    const waiting = stream.next();
    abort.abort();
    expect(await waiting).toBeUndefined();
    expect(timers.pending()).toBe(0);
  });

  test("H1 a heartbeat after 15 s of silence, and again", async () => {
    const timers = manualTimers();
    const b = testBackend({ timers });
    const stream = readStream(b, b.login("1001"));
    await stream.take(2);
    for (let i = 0; i < 2; i++) {
      const next = stream.next();
      timers.pass(HEARTBEAT_MS);
      expect((await next)?.case).toBe("heartbeat");
    }
    await stream.leave();
  });

  test("relations: the full ones first, then friends gained and lost", async () => {
    const b = testBackend();
    const [ann, ben] = [b.login("1001"), b.login("1002")];
    const stream = readStream(b, ann);
    const [, full] = await stream.take(2);
    expect(full).toMatchObject({ value: { full: true, friendsAdded: [], teamsAdded: ["64430396"] } });
    b.execute("friend.requestFriend", { userId: "1001", operation: FriendOperation.ADD }, ben);
    b.execute("friend.deleteFriend", { userId: "1001" }, ben);
    expect(await stream.take(3)).toMatchObject([
      { case: "relations", value: { full: false, friendsAdded: ["1002"] } },
      { case: "event" },
      { case: "relations", value: { full: false, friendsRemoved: ["1002"] } },
    ]);
    await stream.leave();
  });
});
