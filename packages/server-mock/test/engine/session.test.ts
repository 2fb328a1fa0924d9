import { MessageType, SessionType } from "@nimkit/sdk/protocol/enums";
import { describe, expect, test } from "vitest";
import type { Actor } from "../../src/engine/entry.ts";
import { defaultSeed } from "../../src/seed/default-seed.ts";
import { mergeSeeds } from "../../src/seed/merge-seeds.ts";
import { row, START, type TestBackend, testBackend } from "./kit.ts";

const TEAM = "64430396";
const P2P = SessionType.P2P;

function rows(b: TestBackend, actor: Actor) {
  return b
    .execute("session.allRecentSession", {}, actor)
    .sessions.map((s) => [s.sessionId, s.unreadCount, s.lastMessage?.text]);
}

describe("B.2 recent sessions and unread", () => {
  test(row("B.2", "an empty list is empty; the module makes -1 of it"), () => {
    const b = testBackend();
    expect(rows(b, b.login("1001"))).toEqual([]);
  });

  test(row("B.2", "a session appears on the first send or receive; the newest stands first"), () => {
    const b = testBackend();
    const [ann, ben, cleo] = [b.login("1001"), b.login("1002"), b.login("1003")];
    b.text(ann, "1002", "hi ben");
    b.text(cleo, "1001", "hi ann");
    expect(rows(b, ann)).toEqual([
      ["1003", 1, "hi ann"],
      ["1002", 0, "hi ben"],
    ]);
    expect(rows(b, ben)).toEqual([["1001", 1, "hi ben"]]);
  });

  test(row("B.2", "own messages from another own device do not count"), () => {
    const b = testBackend();
    const [phone, web] = [b.login("1001"), b.login("1001", "web", "web")];
    b.text(phone, "1002", "hi");
    expect(rows(b, web)).toEqual([["1002", 0, "hi"]]);
  });

  test(row("B.2", "revoking the last message makes the one before the last"), () => {
    const b = testBackend();
    const [ann, ben] = [b.login("1001"), b.login("1002")];
    b.text(ben, "1001", "one");
    const { messageId } = b.text(ben, "1001", "two");
    b.execute("message.revokeMessage", { messageId, sessionType: P2P }, ben);
    expect(rows(b, ann)).toEqual([["1002", 2, "one"]]);
    b.control.setPolicy({ revokeDecrementsUnread: true });
    expect(rows(b, ann)).toEqual([["1002", 1, "one"]]);
  });

  test(row("B.2", "deleting the row keeps the messages; a new message brings it back"), () => {
    const b = testBackend();
    const [ann, ben] = [b.login("1001"), b.login("1002")];
    b.text(ben, "1001", "one");
    b.execute("session.deleteRecentSession", { sessionId: "1002", sessionType: P2P }, ann);
    expect(rows(b, ann)).toEqual([]);
    const local = { sessionId: "1002", sessionType: P2P, limit: 100 };
    expect(b.execute("message.queryMessageHistory", local, ann).messages).toHaveLength(1);
    b.text(ben, "1001", "two");
    expect(rows(b, ann)).toEqual([["1002", 1, "two"]]);
  });

  test(row("B.2", "clearing a session keeps the row without last message and time, on this device only"), () => {
    const b = testBackend();
    const [ann, web, ben] = [b.login("1001"), b.login("1001", "web", "web"), b.login("1002")];
    b.text(ben, "1001", "one");
    b.execute("session.clearChattingHistory", { sessionId: "1002", sessionType: P2P }, ann);
    expect(b.execute("session.allRecentSession", {}, ann).sessions).toEqual([
      { sessionId: "1002", sessionType: P2P, unreadCount: 0 },
    ]);
    expect(rows(b, web)).toEqual([["1002", 1, "one"]]);
    const local = { sessionId: "1002", sessionType: P2P, limit: 100 };
    expect(b.execute("message.queryMessageHistory", local, ann).messages).toEqual([]);
  });

  test(row("B.2", "reading on one device does not clear the others, unless the policy syncs"), () => {
    const b = testBackend();
    const [ann, web, ben] = [b.login("1001"), b.login("1001", "web", "web"), b.login("1002")];
    b.text(ben, "1001", "one");
    b.execute("session.markAllMessagesReadInSession", { sessionId: "1002", sessionType: P2P }, ann);
    expect([rows(b, ann), rows(b, web)]).toEqual([[["1002", 0, "one"]], [["1002", 1, "one"]]]);
    b.control.setPolicy({ unreadSync: "on" });
    b.execute("session.markAllMessagesReadInSession", { sessionId: "1002", sessionType: P2P }, ann);
    expect(rows(b, web)).toEqual([["1002", 0, "one"]]);
  });

  test("a new device starts from the account's highest read mark", () => {
    const b = testBackend();
    const [ann, ben] = [b.login("1001"), b.login("1002")];
    b.text(ben, "1001", "one");
    b.execute("session.markAllMessagesReadInSession", { sessionId: "1002", sessionType: P2P }, ann);
    b.text(ben, "1001", "two");
    expect(rows(b, b.login("1001", "web", "web"))).toEqual([["1002", 1, "two"]]);
  });

  test("roaming service: a new device starts with 100 messages of 7 days", () => {
    const b = testBackend({ policy: { roaming: "service" } });
    const ben = b.login("1002");
    b.text(ben, "1001", "old");
    b.control.clock.advance(7 * 24 * 3_600_000);
    for (let i = 0; i < 101; i++) b.text(ben, "1001", `m${i}`);
    const ann = b.login("1001");
    const local = { sessionId: "1002", sessionType: P2P, limit: 100 };
    const { messages } = b.execute("message.queryMessageHistory", local, ann);
    expect([messages.length, messages[0]?.text]).toEqual([100, "m1"]);
    const [first] = messages;
    const before = { ...local, messageId: first?.messageId ?? "" };
    expect(b.execute("message.queryMessageHistory", before, ann).messages).toEqual([]);
  });

  test(row("B.2", "marking a session that does not exist succeeds"), () => {
    const b = testBackend();
    const ann = b.login("1001");
    for (const sessionType of [P2P, SessionType.TEAM, SessionType.CHAT_ROOM]) {
      expect(b.execute("session.markAllMessagesReadInSession", { sessionId: "nope", sessionType }, ann)).toEqual({});
    }
  });

  test(row("B.2", "chat-room messages create no session"), () => {
    const b = testBackend();
    const [ann, ben] = [b.login("1001"), b.login("1002")];
    for (const actor of [ann, ben]) b.execute("chatRoom.enterChatRoom", { roomId: "3002" }, actor);
    b.text(ben, "3002", "hi all", { sessionType: SessionType.CHAT_ROOM });
    expect(b.told(ann, "message")).not.toEqual([]);
    expect([rows(b, ann), rows(b, ben)]).toEqual([[], []]);
  });

  test(row("B.2", "messages to a team count for its members, not for the sender"), () => {
    const b = testBackend();
    const [ann, ben] = [b.login("1001"), b.login("1002")];
    b.text(ann, TEAM, "hi all", { sessionType: SessionType.TEAM });
    expect([rows(b, ann), rows(b, ben)]).toEqual([[[TEAM, 0, "hi all"]], [[TEAM, 1, "hi all"]]]);
  });

  test("seeded messages are unread history of everybody and are handed to nobody", () => {
    const messages = [
      { from: "1002", to: "1001", text: "hello", time: START - 10 },
      { from: "1002", teamId: TEAM, text: "all", time: START - 5 },
    ];
    const b = testBackend({ seed: mergeSeeds(defaultSeed, { messages }) });
    const ann = b.login("1001");
    expect(b.told(ann)).toEqual([]);
    expect(rows(b, ann)).toEqual([
      [TEAM, 1, "all"],
      ["1002", 1, "hello"],
    ]);
    const [row] = b.execute("session.allRecentSession", {}, ann).sessions;
    expect(row?.lastMessage).toMatchObject({ timestamp: START - 5, seq: 1, messageType: MessageType.TEXT });
  });
});
