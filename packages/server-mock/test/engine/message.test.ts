import { HistoryOrder, MessageType, SessionType, TeamMuteMode, TeamType } from "@nimkit/sdk/protocol/enums";
import { describe, expect, test } from "vitest";
import type { Actor } from "../../src/engine/entry.ts";
import { defaultSeed } from "../../src/seed/default-seed.ts";
import { mergeSeeds } from "../../src/seed/merge-seeds.ts";
import type { SeedData } from "../../src/seed/seed-data.ts";
import { codeOf, row, START, type TestBackend, testBackend } from "./kit.ts";

const TEAM = "64430396";
const { P2P, TEAM: TO_TEAM } = SessionType;
const toTeam = { sessionType: TO_TEAM };

const people: SeedData = mergeSeeds(defaultSeed, {
  accounts: [{ userId: "stranger", password: "1qaz2wsx" }],
  teams: [
    { teamId: "n1", teamName: "normal", type: TeamType.NORMAL, owner: "1001", members: ["1002"] },
    {
      teamId: "m1",
      teamName: "muted",
      type: TeamType.ADVANCED,
      owner: "1001",
      managers: ["1002"],
      members: ["1003"],
      muteMode: TeamMuteMode.NORMAL_MEMBERS,
    },
    { teamId: "m2", teamName: "one muted", type: TeamType.ADVANCED, owner: "1001", mutedMembers: ["1002"] },
  ],
});

function messagesTold(b: TestBackend, actor: Actor) {
  return b.told(actor, "message").flatMap((p) => (p.case === "message" ? p.value.messages : []));
}

describe("B.3 identity, time, delivery", () => {
  test(row("B.3", "willSend, then the reply; the receiver and the sender's other devices are told"), () => {
    const b = testBackend();
    const [ann, web, ben] = [b.login("1001"), b.login("1001", "web", "web"), b.login("1002")];
    const message = b.text(ann, "1002", "hi", { messageId: "m-1", ext: { k: 1 } });
    expect(message).toMatchObject({
      messageId: "m-1",
      messageType: MessageType.TEXT,
      from: "1001",
      text: "hi",
      timestamp: START,
      sessionId: "1002",
      sessionType: P2P,
      ext: { k: 1 },
      seq: 1,
    });
    expect(b.told(ann)).toEqual([
      {
        case: "messageSending",
        value: { messageId: "m-1", messageType: 0, sessionId: "1002", sessionType: 0, content: "hi" },
      },
    ]);
    expect(messagesTold(b, web)).toEqual([message]);
    expect(messagesTold(b, ben)).toEqual([{ ...message, sessionId: "1001" }]);
  });

  test(row("B.3", "times are whole milliseconds and strictly increase in a conversation"), () => {
    const b = testBackend();
    const ann = b.login("1001");
    const times = ["a", "b", "c"].map((text) => b.text(ann, "1002", text).timestamp);
    expect(times).toEqual([START, START + 1, START + 2]);
  });

  test(row("B.3", "a resend with the same id is the same message, on any device and after a new login"), () => {
    const b = testBackend();
    const [ann, ben] = [b.login("1001"), b.login("1002")];
    const first = b.text(ann, "1002", "hi", { messageId: "m-1", ext: { a: 1, b: [2] } });
    b.execute("auth.logout", {}, ann);
    const again = b.login("1001", "web", "web");
    expect(b.text(again, "1002", "hi", { messageId: "m-1", ext: { b: [2], a: 1 } })).toEqual(first);
    expect(messagesTold(b, ben)).toHaveLength(1);
  });

  test(row("B.3", "the same id with another payload gives 417"), () => {
    const b = testBackend();
    const [ann, ben] = [b.login("1001"), b.login("1002")];
    b.text(ann, "1002", "hi", { messageId: "m-1" });
    expect(codeOf(() => b.text(ann, "1002", "ho", { messageId: "m-1" }))).toBe(417);
    expect(codeOf(() => b.text(ann, "1003", "hi", { messageId: "m-1" }))).toBe(417);
    const tip = { sessionId: "1002", sessionType: P2P, content: "hi", messageId: "m-1" };
    expect(codeOf(() => b.execute("message.sendTips", tip, ann))).toBe(417);
    expect(codeOf(() => b.text(ben, "1001", "hi", { messageId: "m-1" }))).toBe(417);
    expect(codeOf(() => b.text(ben, "1003", "hi", { messageId: "m-1" }))).toBeUndefined();
  });

  test(row("B.3", "to oneself: allowed, told to the other devices, cannot be revoked"), () => {
    const b = testBackend();
    const [ann, web] = [b.login("1001"), b.login("1001", "web", "web")];
    const { messageId } = b.text(ann, "1001", "note");
    expect(messagesTold(b, web).map((m) => m.sessionId)).toEqual(["1001"]);
    expect(codeOf(() => b.execute("message.revokeMessage", { messageId, sessionType: P2P }, ann))).toBe(403);
  });

  test(row("B.3", "a team: all members are told, the session is the team, seq is the same for all"), () => {
    const b = testBackend({ seed: people });
    const [ann, ben, cleo] = [b.login("1001"), b.login("1002"), b.login("1003")];
    b.text(ann, TEAM, "one", toTeam);
    b.text(ben, TEAM, "two", toTeam);
    expect(messagesTold(b, cleo).map((m) => [m.sessionId, m.from, m.seq])).toEqual([
      [TEAM, "1001", 1],
      [TEAM, "1002", 2],
    ]);
    expect(b.text(ben, "n1", "normal", toTeam).seq).toBe(1);
  });

  test("tips, location and custom carry their content", () => {
    const b = testBackend();
    const [ann, ben] = [b.login("1001"), b.login("1002")];
    const to = { sessionId: "1002", sessionType: P2P };
    b.execute("message.sendTips", { ...to, content: "hint" }, ann);
    b.execute("message.sendLocationMsg", { ...to, title: "home", latitude: 39.5, longitude: 102 }, ann);
    b.execute("message.sendCustom", { ...to, attachment: { type: 1 } }, ann);
    expect(messagesTold(b, ben)).toMatchObject([
      { messageType: MessageType.TIP, text: "hint" },
      { messageType: MessageType.LOCATION, title: "home", latitude: 39.5, longitude: 102 },
      { messageType: MessageType.CUSTOM, attachment: { type: 1 } },
    ]);
  });
});

test("nothing is shared with the caller: later changes to his objects change nothing", () => {
  const b = testBackend();
  const ann = b.login("1001");
  const ext = { list: [1], other: { a: 1 } };
  const sent = b.text(ann, "1002", "hi", { messageId: "m", ext });
  ext.list.push(2);
  expect(() => Object.assign(sent.ext ?? {}, { evil: true })).toThrow(TypeError);
  expect(b.text(ann, "1002", "hi", { messageId: "m", ext: { list: [1], other: { a: 1 } } })).toEqual(sent);
});

describe("refusals of a send", () => {
  const deep = (levels: number): { x?: object } => (levels === 0 ? {} : { x: deep(levels - 1) });
  test.each([
    ["A.2", "unknown peer", 404, (b: TestBackend) => b.text(b.login("1001"), "nobody", "hi")],
    ["A.2", "unknown team", 803, (b: TestBackend) => b.text(b.login("1001"), "nope", "hi", toTeam)],
    ["A.2", "not a member", 804, (b: TestBackend) => b.text(b.login("stranger"), TEAM, "hi", toTeam)],
    ["B.10", "muted team, normal member", 812, (b: TestBackend) => b.text(b.login("1003"), "m1", "hi", toTeam)],
    ["B.10", "muted team spares managers", undefined, (b: TestBackend) => b.text(b.login("1002"), "m1", "hi", toTeam)],
    ["B.10", "muted member", 812, (b: TestBackend) => b.text(b.login("1002"), "m2", "hi", toTeam)],
    [
      "B.2",
      "chat room, nobody is inside",
      13002,
      (b: TestBackend) => b.text(b.login("1001"), "3002", "hi", { sessionType: 2 }),
    ],
    [
      "C",
      "ext of 1024 characters",
      undefined,
      (b: TestBackend) => b.text(b.login("1001"), "1002", "hi", { ext: { k: "x".repeat(1016) } }),
    ],
    [
      "C",
      "ext of 1025 characters",
      405,
      (b: TestBackend) => b.text(b.login("1001"), "1002", "hi", { ext: { k: "x".repeat(1017) } }),
    ],
    [
      "C",
      "ext counts code points",
      undefined,
      (b: TestBackend) => b.text(b.login("1001"), "1002", "hi", { ext: { k: "😀".repeat(1016) } }),
    ],
    [
      "C",
      "ext nested 64 deep",
      undefined,
      (b: TestBackend) => b.text(b.login("1001"), "1002", "hi", { ext: JSON.parse(JSON.stringify(deep(63))) }),
    ],
    [
      "C",
      "ext nested 65 deep",
      414,
      (b: TestBackend) => b.text(b.login("1001"), "1002", "hi", { ext: JSON.parse(JSON.stringify(deep(64))) }),
    ],
  ] as const)("%s %s: %s", (_section, _rule, code, call) => {
    const b = testBackend({ seed: people });
    expect(codeOf(() => call(b))).toBe(code);
  });

  test(row("B.7", "an account muted globally gives 423"), () => {
    const b = testBackend();
    const ann = b.login("1001");
    b.control.seed({ accounts: [{ userId: "1001", muted: true }] });
    expect(codeOf(() => b.text(ann, "1002", "hi"))).toBe(423);
  });

  test(row("B.7", "423 comes before a chat room's own codes"), () => {
    const b = testBackend();
    const ann = b.login("1001");
    b.control.seed({ accounts: [{ userId: "1001", muted: true }] });
    expect(codeOf(() => b.text(ann, "3002", "hi", { sessionType: SessionType.CHAT_ROOM }))).toBe(423);
  });

  test(row("C", "the free plan: 300 sends a minute, then 416 until the next minute"), () => {
    const b = testBackend({ policy: { plan: "free" } });
    const ann = b.login("1001");
    b.control.clock.set(Math.ceil(START / 60_000) * 60_000);
    for (let i = 0; i < 300; i++) b.text(ann, "1002", `m${i}`);
    expect(codeOf(() => b.text(ann, "1002", "one more"))).toBe(416);
    b.control.clock.advance(60_000);
    expect(codeOf(() => b.text(ann, "1002", "one more"))).toBeUndefined();
  });
});

describe("B.7 blacklist", () => {
  test(row("B.7", "B, whom A blacklisted, gets 7101; only B keeps the message; A is told nothing"), () => {
    const b = testBackend();
    const [ann, ben] = [b.login("1001"), b.login("1002")];
    b.text(ben, "1001", "before");
    b.execute("user.addToBlackList", { userId: "1002" }, ann);
    expect(codeOf(() => b.text(ben, "1001", "refused", { messageId: "r" }))).toBe(7101);
    expect(codeOf(() => b.text(ben, "1001", "refused", { messageId: "r" }))).toBe(7101);
    const answer = b.text(ann, "1002", "A to B works");
    expect(answer.seq).toBe(2);
    const cloud = {
      sessionId: "1001",
      sessionType: P2P,
      limit: 100,
      sync: false,
      startTime: 0,
      beginTime: 0,
      endTime: 0,
      order: HistoryOrder.ASCENDING,
    };
    const seen = b.execute("message.fetchMessageHistory", cloud, ben).messages;
    expect(seen.map((m) => [m.text, m.seq, m.isInBlackList])).toEqual([
      ["before", 1, undefined],
      ["refused", undefined, true],
      ["A to B works", 2, undefined],
    ]);
    const annSees = b.execute("message.fetchMessageHistory", { ...cloud, sessionId: "1002" }, ann).messages;
    expect(annSees.map((m) => m.text)).toEqual(["before", "A to B works"]);
    const [session] = b.execute("session.allRecentSession", {}, ann).sessions;
    expect(session?.unreadCount).toBe(1);
    expect(messagesTold(b, ann)).toHaveLength(1);
    expect(b.told(ben, "messageSending").map((p) => p.case === "messageSending" && p.value.messageId)).toContain("r");
  });

  test(row("B.6", "a refused message cannot be revoked, and a blacklisted peer gets no receipt"), () => {
    const b = testBackend();
    const [ann, ben] = [b.login("1001"), b.login("1002")];
    const { messageId } = b.text(ben, "1001", "before");
    b.execute("user.addToBlackList", { userId: "1002" }, ann);
    b.execute("message.sendMessageReceipt", { messageId, sessionType: P2P }, ann);
    expect(b.told(ben, "messageReceipt")).toEqual([]);
    codeOf(() => b.text(ben, "1001", "refused", { messageId: "r" }));
    expect(codeOf(() => b.execute("message.revokeMessage", { messageId: "r", sessionType: P2P }, ben))).toBe(403);
  });
});

describe("B.5 history", () => {
  const cloud = {
    sessionId: "1002",
    sessionType: P2P,
    limit: 100,
    sync: false,
    startTime: 0,
    beginTime: 0,
    endTime: 0,
    order: HistoryOrder.DESCENDING,
  };
  function talk(): { b: TestBackend; ann: Actor } {
    const b = testBackend({ seed: people });
    const ann = b.login("1001");
    for (let i = 1; i <= 5; i++) b.text(ann, "1002", `m${i}`, { messageId: `id${i}` });
    b.execute("message.sendTips", { sessionId: "1002", sessionType: P2P, content: "tip", messageId: "id6" }, ann);
    return { b, ann };
  }
  const texts = (messages: readonly { readonly text?: string }[]) => messages.map((m) => m.text);

  test.each([
    ["newest first from now", {}, ["tip", "m5", "m4", "m3", "m2", "m1"]],
    ["limit", { limit: 2 }, ["tip", "m5"]],
    ["startTime is an anchor: strictly older", { startTime: START + 2 }, ["m2", "m1"]],
    ["a window", { beginTime: START, endTime: START + 4 }, ["m4", "m3", "m2"]],
    ["ascending", { order: HistoryOrder.ASCENDING, limit: 2, beginTime: START + 1 }, ["m3", "m4"]],
  ] as const)(row("B.5", "cloud: %s"), (_rule, change, expected) => {
    const { b, ann } = talk();
    expect(texts(b.execute("message.fetchMessageHistory", { ...cloud, ...change }, ann).messages)).toEqual(expected);
  });

  test.each([
    ["limit 0", { limit: 0 }, 414],
    ["limit 101", { limit: 101 }, 414],
    ["chat room", { sessionType: SessionType.CHAT_ROOM }, 414],
    ["unknown peer", { sessionId: "nobody" }, 404],
    ["unknown team", { sessionId: "nope", sessionType: TO_TEAM }, 803],
    ["a team of others", { sessionId: "nope", sessionType: TO_TEAM }, 803],
  ] as const)(row("B.5", "cloud refuses %s"), (_rule, change, code) => {
    const { b, ann } = talk();
    expect(codeOf(() => b.execute("message.fetchMessageHistory", { ...cloud, ...change }, ann))).toBe(code);
  });

  test(row("B.5", "team history is for members only"), () => {
    const b = testBackend({ seed: people });
    const stranger = b.login("stranger");
    const command = { ...cloud, sessionId: TEAM, sessionType: TO_TEAM };
    expect(codeOf(() => b.execute("message.fetchMessageHistory", command, stranger))).toBe(804);
  });

  test.each([
    ["from the newest, oldest first in the page", { limit: 2 }, ["m5", "tip"]],
    ["an anchor is left out", { messageId: "id3" }, ["m1", "m2"]],
    ["an unknown anchor: from the newest", { messageId: "nope", limit: 1 }, ["tip"]],
    ["an empty anchor: from the newest", { messageId: "", limit: 1 }, ["tip"]],
  ] as const)(row("B.5", "local: %s"), (_rule, change, expected) => {
    const { b, ann } = talk();
    const command = { sessionId: "1002", sessionType: P2P, limit: 100, ...change };
    expect(texts(b.execute("message.queryMessageHistory", command, ann).messages)).toEqual(expected);
  });

  test(row("B.5", "local by types; no types means all"), () => {
    const { b, ann } = talk();
    const command = { sessionId: "1002", sessionType: P2P, limit: 100 };
    const query = (types: MessageType[]) =>
      b.execute("message.queryMessageHistoryByTypes", { ...command, types }, ann).messages;
    expect([query([MessageType.TIP]).length, query([]).length]).toEqual([1, 6]);
  });

  test(row("B.5", "a fetch with sync brings deleted messages back to this device, without an event"), () => {
    const { b, ann } = talk();
    const local = { sessionId: "1002", sessionType: P2P, limit: 100 };
    b.execute("session.clearChattingHistory", { sessionId: "1002", sessionType: P2P }, ann);
    const before = b.told(ann).length;
    b.execute("message.fetchMessageHistory", { ...cloud, limit: 2, sync: true }, ann);
    expect(texts(b.execute("message.queryMessageHistory", local, ann).messages)).toEqual(["m5", "tip"]);
    expect(b.told(ann).length).toBe(before);
  });

  test("pages by time lose nothing, however fast the sends were", () => {
    const b = testBackend();
    const ann = b.login("1001");
    for (let i = 0; i < 250; i++) b.text(ann, "1002", `m${i}`);
    const seen: (string | undefined)[] = [];
    for (let startTime = 0; ; ) {
      const { messages } = b.execute("message.fetchMessageHistory", { ...cloud, limit: 100, startTime }, ann);
      if (messages.length === 0) break;
      seen.push(...texts(messages));
      startTime = messages.at(-1)?.timestamp ?? 0;
    }
    expect(seen).toEqual(Array.from({ length: 250 }, (_, i) => `m${249 - i}`));
  });
});

describe("B.6 revoke", () => {
  test(row("B.6", "inside 2 minutes, 508 afterwards"), () => {
    const b = testBackend();
    const ann = b.login("1001");
    const first = b.text(ann, "1002", "one");
    b.control.clock.advance(120_000);
    const second = b.text(ann, "1002", "two");
    const revoke = (messageId: string) => b.execute("message.revokeMessage", { messageId, sessionType: P2P }, ann);
    expect(codeOf(() => revoke(first.messageId))).toBeUndefined();
    b.control.clock.advance(120_001);
    expect(codeOf(() => revoke(second.messageId))).toBe(508);
    b.control.setPolicy({ revokeWindowMs: 200_000 });
    expect(codeOf(() => revoke(second.messageId))).toBeUndefined();
  });

  test(row("B.6", "everybody but the revoking device is told, once; no answer holds the body again"), async () => {
    const b = testBackend();
    const [ann, web, ben] = [b.login("1001"), b.login("1001", "web", "web"), b.login("1002")];
    const sent = b.text(ann, "1002", "secret", { messageId: "m", ext: { also: "secret" } });
    const revoke = () =>
      b.execute("message.revokeMessage", { messageId: "m", sessionId: "1002", sessionType: P2P }, ann);
    revoke();
    revoke();
    expect(b.told(ann, "messageRevoked")).toEqual([]);
    expect(b.told(web, "messageRevoked")).toHaveLength(1);
    expect(b.told(ben, "messageRevoked")).toMatchObject([
      { value: { fromUserId: "1001", messageId: "m", sessionId: "1001", timestamp: sent.timestamp } },
    ]);
    const again = b.text(ann, "1002", "secret", { messageId: "m", ext: { also: "secret" } });
    expect([again.seq, again.text]).toEqual([sent.seq, undefined]);
    const frames: unknown[] = [again];
    for (const actor of [ann, web, ben]) {
      for await (const frame of b.subscribe(actor, {})) {
        frames.push(frame);
        if (frame.frame.case === "relations") break;
      }
    }
    frames.push(b.execute("session.allRecentSession", {}, ben), b.control.snapshot());
    expect(JSON.stringify(frames)).not.toContain("secret");
  });

  test.each([
    ["another's in P2P", 403, "1002", "1001", P2P],
    ["a stranger's message", 404, "1003", "1001", P2P],
  ] as const)(row("B.6", "%s: %i"), (_rule, code, revoker, to, sessionType) => {
    const b = testBackend();
    const ann = b.login("1001");
    const { messageId } = b.text(ann, "1002", "one");
    const other = b.login(revoker);
    const command = { messageId, sessionId: to, sessionType };
    expect(codeOf(() => b.execute("message.revokeMessage", command, other))).toBe(code);
    expect(codeOf(() => b.execute("message.revokeMessage", { messageId: "nope", sessionType }, other))).toBe(404);
  });

  test(row("B.6", "team: own for members, others' for managers and the owner"), () => {
    const b = testBackend({ seed: people });
    const [ann, ben, cleo] = [b.login("1001"), b.login("1002"), b.login("1003")];
    const revoke = (who: Actor, messageId: string) =>
      b.execute("message.revokeMessage", { messageId, sessionId: TEAM, sessionType: TO_TEAM }, who);
    expect(codeOf(() => revoke(cleo, b.text(ben, TEAM, "a", toTeam).messageId))).toBe(802);
    expect(codeOf(() => revoke(ben, b.text(ben, TEAM, "b", toTeam).messageId))).toBeUndefined();
    expect(codeOf(() => revoke(ann, b.text(ben, TEAM, "c", toTeam).messageId))).toBeUndefined();
  });
});

describe("B.6 receipts", () => {
  test(row("B.6", "a watermark: older and repeated receipts succeed and tell nobody"), () => {
    const b = testBackend();
    const [ann, ben] = [b.login("1001"), b.login("1002")];
    const [one, two] = [b.text(ann, "1002", "one"), b.text(ann, "1002", "two")];
    const receipt = (messageId: string) =>
      b.execute("message.sendMessageReceipt", { messageId, sessionId: "1001", sessionType: P2P }, ben);
    for (const { messageId } of [two, two, one]) expect(receipt(messageId)).toEqual({});
    expect(b.told(ann, "messageReceipt")).toEqual([
      {
        case: "messageReceipt",
        value: { timestamp: two.timestamp, messageId: two.messageId, sessionId: "1002", sessionType: P2P },
      },
    ]);
  });

  test.each([
    ["own message", 414, "1001", P2P],
    ["team", 414, "1002", TO_TEAM],
    ["a stranger's session", 404, "1003", P2P],
  ] as const)(row("B.6", "%s: %i"), (_rule, code, reader, sessionType) => {
    const b = testBackend();
    const { messageId } = b.text(b.login("1001"), "1002", "one");
    const actor = b.login(reader);
    expect(codeOf(() => b.execute("message.sendMessageReceipt", { messageId, sessionType }, actor))).toBe(code);
  });
});
