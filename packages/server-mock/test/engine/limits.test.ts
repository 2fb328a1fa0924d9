// The limits of behaviour.md C that the schema checks: through a client, because the engine itself is behind the checks.
import { createNimClient, NimError } from "@nimkit/sdk";
import { HistoryOrder, SessionType } from "@nimkit/sdk/protocol/enums";
import { createMockBackend, DEFAULT_PASSWORD } from "@nimkit/server-mock";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { defaultSeed } from "../../src/seed/default-seed.ts";
import { mergeSeeds } from "../../src/seed/merge-seeds.ts";
import { codeOf, row, START, testBackend } from "./kit.ts";

const backend = createMockBackend();
const nim = createNimClient({
  transport: backend.transport(),
  deviceId: "d",
  resolveFile: async () => new Uint8Array(1),
});

beforeAll(() => nim.auth.login({ userId: "1001", password: DEFAULT_PASSWORD }));
afterAll(async () => {
  nim.close();
  await backend.close();
});

/** The code that a call fails with; undefined when it succeeds. */
async function code(call: Promise<unknown>): Promise<number | undefined> {
  try {
    await call;
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(NimError);
    return error instanceof NimError ? error.code : undefined;
  }
}

const x = (count: number): string => "x".repeat(count);
/** JSON of the given length: `{"k":"xx…"}`. */
const json = (length: number) => ({ k: x(length - 8) });
const to = { sessionId: "1002" };
const stranger = createNimClient({ transport: backend.transport(), deviceId: "other" });

describe("C lengths and sizes", () => {
  test.each<readonly [string, number, number, (size: number) => Promise<unknown>]>([
    ["token", 128, 405, (n) => stranger.auth.login({ userId: "1002", password: x(n) })],
    ["account", 32, 405, (n) => nim.user.fetchUserInfos({ userIds: [x(n)] })],
    ["nickname", 64, 405, (n) => nim.user.updateMyUserInfo({ nickname: x(n) })],
    ["avatar", 1024, 405, (n) => nim.user.updateMyUserInfo({ avatarUrl: `http://${x(n - 7)}` })],
    ["sign", 256, 405, (n) => nim.user.updateMyUserInfo({ sign: x(n) })],
    ["email", 64, 405, (n) => nim.user.updateMyUserInfo({ email: `${x(n - 5)}@b.cn` })],
    ["mobile", 32, 405, (n) => nim.user.updateMyUserInfo({ mobile: "1".repeat(n) })],
    ["ext of a profile", 1024, 405, (n) => nim.user.updateMyUserInfo({ ext: json(n) })],
    [
      "text of a friend request",
      256,
      405,
      (n) => nim.friend.requestFriend({ userId: "1003", operation: 2, message: x(n) }),
    ],
    ["message body", 5000, 405, (n) => nim.message.sendText({ ...to, content: x(n) })],
    ["body of a custom message", 5000, 405, (n) => nim.message.sendCustom({ ...to, attachment: json(n) })],
    ["ext of a message", 1024, 405, (n) => nim.message.sendText({ ...to, content: "x", ext: json(n) })],
    ["users of one fetch", 150, 414, (n) => nim.user.fetchUserInfos({ userIds: Array.from({ length: n }, String) })],
    ["page of the cloud's history", 100, 414, (limit) => nim.message.fetchMessageHistory({ ...to, limit })],
    ["page of the device's history", 100, 414, (limit) => nim.message.queryMessageHistory({ ...to, limit })],
  ])(row("C", "%s: %i, and one more gives %i"), async (_, most, tooMuch, call) => {
    const within = await code(call(most));
    // The longest token is only a wrong one.
    expect(within === 302 ? undefined : within).toBeUndefined();
    expect(await code(call(most + 1))).toBe(tooMuch);
  });

  test(row("C", "no page is smaller than one message"), async () => {
    expect(await code(nim.message.fetchMessageHistory({ ...to, limit: 0 }))).toBe(414);
    expect(await code(nim.message.queryMessageHistory({ ...to, limit: 0 }))).toBe(414);
  });

  test(row("C", "birth 16 characters, and no other form"), async () => {
    expect(await code(nim.user.updateMyUserInfo({ birth: "1".repeat(17) }))).toBe(405);
    expect(await code(nim.user.updateMyUserInfo({ birth: "2000-1-1" }))).toBe(414);
    expect(await code(nim.user.updateMyUserInfo({ birth: "2000-01-01" }))).toBeUndefined();
  });

  test(row("C", "recording 1 to 120 s, 30 by default"), async () => {
    for (const duration of [0, 121]) {
      expect(await code(nim.audio.recordAudioForDuration({ duration })[Symbol.asyncIterator]().next())).toBe(414);
    }
  });
});

describe("C plans", () => {
  test(row("C", "history store: 7 days of the free plan, by pages in both orders; the device keeps its own"), () => {
    const day = 24 * 3_600_000;
    const messages = [8, 7, 6].map((days) => ({
      from: "1002",
      to: "1001",
      text: `${days} days ago`,
      time: START - days * day,
    }));
    const b = testBackend({ seed: mergeSeeds(defaultSeed, { messages }) });
    const ann = b.login("1001");
    const texts = (order: HistoryOrder, beginTime = 0) => {
      const page = { limit: 100, sync: false, startTime: 0, beginTime, endTime: 0, order };
      const command = { sessionId: "1002", sessionType: SessionType.P2P, ...page };
      return b.execute("message.fetchMessageHistory", command, ann).messages.map(({ text }) => text);
    };
    expect(texts(HistoryOrder.ASCENDING)).toEqual(["8 days ago", "7 days ago", "6 days ago"]);
    b.control.setPolicy({ plan: "free" });
    expect([texts(HistoryOrder.DESCENDING), texts(HistoryOrder.ASCENDING)]).toEqual([["6 days ago"], ["6 days ago"]]);
    expect(texts(HistoryOrder.DESCENDING, START - 8.5 * day)).toEqual(["6 days ago"]);
    b.control.setPolicy({ plan: "custom", customPlan: { historyMs: 7.5 * day } });
    expect(texts(HistoryOrder.DESCENDING)).toEqual(["6 days ago", "7 days ago"]);
    const local = { sessionId: "1002", sessionType: SessionType.P2P, limit: 100 };
    expect(b.execute("message.queryMessageHistory", local, ann).messages).toHaveLength(3);
  });

  test(row("C", "friends: the other one may be full too, and the limit holds when a request is accepted"), () => {
    const b = testBackend({
      seed: mergeSeeds(defaultSeed, { friends: [["1002", "1003"]] }),
      policy: { plan: "custom", customPlan: { friends: 1 } },
    });
    const [ann, ben] = [b.login("1001"), b.login("1002")];
    const ask = (actor: typeof ann, userId: string, operation: 1 | 2 | 3) => () =>
      b.execute("friend.requestFriend", { userId, operation }, actor);
    expect([ask(ann, "1002", 1), ask(ann, "1002", 2), ask(ben, "1001", 3)].map(codeOf)).toEqual([419, undefined, 419]);
  });

  test(row("C", "a plan that names one limit has no other"), () => {
    const b = testBackend({ policy: { plan: "custom", customPlan: { sendsPerMinute: 1 } } });
    const ann = b.login("1001");
    expect([() => b.text(ann, "1002", "1"), () => b.text(ann, "1002", "2")].map(codeOf)).toEqual([undefined, 416]);
    b.control.clock.advance(60_000);
    expect(codeOf(() => b.text(ann, "1002", "3"))).toBeUndefined();
    const add = { userId: "1002", operation: 1 } as const;
    expect(codeOf(() => b.execute("friend.requestFriend", add, ann))).toBeUndefined();
  });
});
