// What is said in chat rooms, what is told of them, and their history.
import { ChatRoomEventType, HistoryOrder, MessageType, SessionType } from "@nimkit/sdk/protocol/enums";
import { describe, expect, test } from "vitest";
import { kickOut, type LoungeBackend, lounge, loungeBackend, marks, ROOM } from "./chat-room-kit.ts";
import { replay } from "./fold-journal.ts";
import { codeOf, row, START } from "./kit.ts";

const toRoom = { sessionType: SessionType.CHAT_ROOM };
const DAY = 24 * 3_600_000;

describe("sending", () => {
  test(row("B.12", "only the devices inside are told, the sender's other devices are not"), () => {
    const b = loungeBackend();
    const [gus, nora] = [b.come("gus"), b.come("nora")];
    const [gusWeb, gina] = [b.login("gus", "gus-web", "web"), b.login("gina")];
    const message = b.text(gus, ROOM, "hello", { ...toRoom, messageId: "m-1", ext: { k: 1 } });
    expect(message).toMatchObject({
      messageId: "m-1",
      messageType: MessageType.TEXT,
      from: "gus",
      text: "hello",
      sessionId: ROOM,
      sessionType: 2,
      ext: { k: 1 },
    });
    const received = { case: "message", value: { messages: [message] } };
    expect(b.told(nora, "message")).toEqual([received]);
    expect(b.told(gus, "message")).toEqual([
      { ...received, value: { messages: [expect.objectContaining({ from: "nora" })] } },
    ]);
    expect(b.told(gus, "messageSending")).toMatchObject([
      { value: { messageId: "m-1", content: "hello", sessionType: 2 } },
    ]);
    expect([...b.told(gusWeb), ...b.told(gina)]).toEqual([]);
  });

  test(row("B.12", "no unread, no session row, no system notification"), () => {
    const b = loungeBackend();
    const [gus, nora] = [b.come("gus"), b.come("nora")];
    b.say(gus, "hello");
    expect(b.told(nora, "systemMessage")).toEqual([]);
    const rows = codeOf(() => expect(b.execute("session.allRecentSession", {}, nora).sessions).toEqual([]));
    expect([undefined, -1]).toContain(rows);
  });

  test("every kind of content goes to a room", () => {
    const b = loungeBackend();
    const [gus, nora] = [b.come("gus"), b.come("nora")];
    const to = { sessionId: ROOM, ...toRoom };
    b.execute("message.sendTips", { ...to, content: "hint" }, gus);
    b.execute("message.sendLocationMsg", { ...to, title: "home", latitude: 39.5, longitude: 102 }, gus);
    b.execute("message.sendCustom", { ...to, attachment: { eventType: 301 } }, gus);
    const [custom, place, tip] = b.history(nora, 0, 3);
    expect(custom).toEqual({ message: expect.objectContaining({ attachment: { eventType: 301 } }), targets: [] });
    expect(place?.message).toMatchObject({ messageType: MessageType.LOCATION, title: "home", latitude: 39.5 });
    expect(tip?.message).toMatchObject({ messageType: MessageType.TIP, text: "hint" });
  });

  test.each([
    ["unknown room", 404, (b: LoungeBackend) => b.text(b.login("gus"), "nowhere", "hi", toRoom)],
    ["not entered", 13002, (b: LoungeBackend) => b.text(b.login("gus"), ROOM, "hi", toRoom)],
    ["muted member", 13004, (b: LoungeBackend) => b.say(b.come("mute"), "hi")],
    [
      "muted room",
      13006,
      (b: LoungeBackend) => {
        b.control.rooms.mute(ROOM);
        b.say(b.come("nora"), "hi");
      },
    ],
    [
      "muted room spares its managers",
      undefined,
      (b: LoungeBackend) => {
        b.control.rooms.mute(ROOM);
        b.say(b.come("boss"), "hi");
        b.say(b.come("1001"), "hi");
      },
    ],
    [
      "muted room does not spare a muted manager",
      13004,
      (b: LoungeBackend) => {
        const boss = b.come("boss");
        b.control.rooms.mute(ROOM);
        marks.mute(b, b.come("1001"), "boss", true);
        b.say(boss, "hi");
      },
    ],
    [
      "closed room",
      13002,
      (b: LoungeBackend) => {
        const gus = b.come("gus");
        b.control.rooms.close(ROOM);
        b.say(gus, "hi");
      },
    ],
    [
      "the account itself muted, before the room's codes",
      423,
      (b: LoungeBackend) => {
        b.control.seed({ accounts: [{ userId: "mute", muted: true }] });
        b.say(b.login("mute"), "hi");
      },
    ],
    [
      "ext of 4096 characters",
      undefined,
      (b: LoungeBackend) => b.say(b.come("gus"), "hi", { ext: { k: "x".repeat(4088) } }),
    ],
    ["ext of 4097 characters", 405, (b: LoungeBackend) => b.say(b.come("gus"), "hi", { ext: { k: "x".repeat(4089) } })],
    ["custom of 4096 characters", undefined, (b: LoungeBackend) => sendCustom(b, 4088)],
    ["custom of 4097 characters", 405, (b: LoungeBackend) => sendCustom(b, 4089)],
  ] as const)("%s: %s", (_name, code, call) => {
    const b = loungeBackend();
    expect(codeOf(() => call(b))).toBe(code);
  });

  test(row("B.12", "mute: reads only"), () => {
    const b = loungeBackend();
    const [gus, mute] = [b.come("gus"), b.come("mute")];
    b.say(gus, "hello");
    expect(b.heard(mute)).toEqual(["hello"]);
    expect(b.history(mute)).not.toEqual([]);
  });

  test(row("B.3", "a resend with the same id is the same message, told once; another payload gives 417"), () => {
    const b = loungeBackend();
    const [gus, nora] = [b.come("gus"), b.come("nora")];
    const id = { ...toRoom, messageId: "m-1" };
    const first = b.text(gus, ROOM, "hi", id);
    b.exit(gus);
    expect(b.text(gus, ROOM, "hi", id)).toEqual(first);
    expect(b.heard(nora)).toEqual(["hi", 302]);
    b.enter(gus);
    b.enter(gus, { roomId: "3002" });
    expect(codeOf(() => b.text(gus, ROOM, "ho", id))).toBe(417);
    expect(codeOf(() => b.text(gus, "3002", "hi", id))).toBe(417);
    expect(codeOf(() => b.text(gus, "1002", "hi", { messageId: "m-1" }))).toBe(417);
    expect(codeOf(() => b.text(nora, ROOM, "hi", id))).toBe(417);
    b.text(gus, "1002", "hi", { messageId: "m-2" });
    expect(codeOf(() => b.text(gus, ROOM, "hi", { ...toRoom, messageId: "m-2" }))).toBe(417);
  });

  test(row("C", "the free plan's 300 sends a minute hold in rooms too, and notifications are no sends"), () => {
    const b = loungeBackend({ policy: { plan: "free" } });
    const gus = b.come("gus");
    for (let i = 0; i < 20; i++) b.enter(gus);
    for (let i = 0; i < 300; i++) b.say(gus, `${i}`);
    expect(b.sayCode(gus)).toBe(416);
    b.control.clock.advance(60_000);
    expect(b.sayCode(gus)).toBeUndefined();
  });

  test("a room's message cannot be revoked, and a receipt is no use", () => {
    const b = loungeBackend();
    const gus = b.come("gus");
    const { messageId } = b.text(gus, ROOM, "hi", toRoom);
    const named = { messageId, sessionId: ROOM, ...toRoom };
    expect(codeOf(() => b.execute("message.revokeMessage", named, gus))).toBe(403);
    expect(codeOf(() => b.execute("message.sendMessageReceipt", named, gus))).toBe(414);
    expect(b.history(gus)[0]?.message.text).toBe("hi");
  });
});

function sendCustom(b: LoungeBackend, length: number): unknown {
  const attachment = { k: "x".repeat(length) };
  return b.execute("message.sendCustom", { sessionId: ROOM, ...toRoom, attachment }, b.come("gus"));
}

describe("notifications", () => {
  test(row("B.12", "301 enter: the others hear it with the notify extension and the names shown in the room"), () => {
    const b = loungeBackend();
    const nora = b.come("nora");
    const gus = b.come("gus", { nickname: "G", notifyExtension: { hi: "all" } });
    expect(b.heard(gus)).toEqual([]);
    expect(b.told(nora, "message")).toMatchObject([
      {
        value: {
          messages: [
            {
              messageType: MessageType.NOTIFICATION,
              from: "gus",
              sessionId: ROOM,
              sessionType: 2,
              attachment: {
                eventType: 301,
                operator: "gus",
                targets: ["gus"],
                operatorNickname: "G",
                targetNicknames: ["G"],
                notifyExtension: { hi: "all" },
              },
            },
          ],
        },
      },
    ]);
  });

  test("the newcomer may be told too", () => {
    const b = loungeBackend({ policy: { roomTellsOwnEntry: true } });
    expect(b.heard(b.come("gus"))).toEqual([301]);
  });

  test.each([
    [301, (b: LoungeBackend) => b.come("gus")],
    [302, (b: LoungeBackend) => b.exit(b.come("gus"))],
    [303, (b: LoungeBackend) => marks.blacklist(b, b.come("boss"), "gus", true)],
    [304, (b: LoungeBackend) => marks.blacklist(b, b.come("boss"), "black", false)],
    [305, (b: LoungeBackend) => marks.mute(b, b.come("boss"), "gus", true)],
    [306, (b: LoungeBackend) => marks.mute(b, b.come("boss"), "mute", false)],
    [307, (b: LoungeBackend) => marks.admin(b, b.come("1001"), "gus", true)],
    [308, (b: LoungeBackend) => marks.admin(b, b.come("1001"), "boss", false)],
    [309, (b: LoungeBackend) => marks.normal(b, b.come("boss"), "gus", true)],
    [310, (b: LoungeBackend) => marks.normal(b, b.come("1001"), "nora", false)],
    [311, (b: LoungeBackend) => b.control.rooms.close(ROOM)],
    [312, (b: LoungeBackend) => b.control.rooms.update(ROOM, { name: "Bar" })],
    [
      313,
      (b: LoungeBackend) => {
        b.come("gus");
        kickOut(b, b.come("boss"), "gus");
      },
    ],
    [314, (b: LoungeBackend) => b.control.rooms.muteFor(ROOM, "gus", 1)],
    [
      315,
      (b: LoungeBackend) => {
        b.control.rooms.muteFor(ROOM, "gus", 1);
        b.control.clock.advance(1);
      },
    ],
    [316, (b: LoungeBackend) => b.control.rooms.announce(ROOM, ChatRoomEventType.UPDATE_MEMBER, { nick: "x" })],
    [317, (b: LoungeBackend) => b.control.rooms.announce(ROOM, ChatRoomEventType.UPDATE_QUEUE)],
    [318, (b: LoungeBackend) => b.control.rooms.mute(ROOM)],
    [
      319,
      (b: LoungeBackend) => {
        b.control.rooms.mute(ROOM);
        b.control.rooms.mute(ROOM, false);
      },
    ],
    [320, (b: LoungeBackend) => b.control.rooms.announce(ROOM, ChatRoomEventType.UPDATE_QUEUE_BATCH)],
  ] as const)("B.12 event id %i, told to those inside and kept in the history", (event, cause) => {
    const b = loungeBackend();
    const nora = b.come("nora");
    cause(b);
    expect(b.heard(nora).at(-1)).toBe(event);
    b.control.rooms.open(ROOM);
    b.enter(nora);
    expect(b.history(nora).map(({ eventType }) => eventType)).toContain(event);
    replay(b.journal, b.control.digest());
  });
});

describe("history", () => {
  test(row("B.5", "from new to old, notifications among the messages; each notification names its event"), () => {
    const b = loungeBackend();
    const [boss, gus] = [b.come("boss"), b.come("gus")];
    b.say(gus, "hello");
    marks.mute(b, boss, "gus", true);
    const page = b.history(boss);
    expect(page.map(({ message, eventType }) => message.text ?? eventType)).toEqual([305, "hello", 301, 301]);
    expect(page[0]).toMatchObject({ eventType: 305, operator: "boss", targets: ["gus"], notificationType: 3 });
    expect(page[1]).toEqual({ message: expect.objectContaining({ text: "hello", from: "gus" }), targets: [] });
    const times = page.map(({ message }) => message.timestamp);
    expect(times).toEqual([...times].sort((a, b) => b - a));
    expect(page.map(({ message }) => message.seq)).toEqual([4, 3, 2, 1]);
  });

  test(row("B.5", "nothing is pushed on entering"), () => {
    const b = loungeBackend({ seed: lounge({}, { messages: [{ from: "nora", roomId: ROOM, text: "old" }] }) });
    expect(b.heard(b.come("gus"))).toEqual([]);
  });

  test(row("B.5", "pages of at most 100, each strictly older than its anchor: nothing twice, nothing lost"), () => {
    const b = loungeBackend();
    const gus = b.come("gus");
    for (let i = 0; i < 250; i++) b.say(gus, `${i}`);
    const seen: unknown[] = [];
    for (let page = b.history(gus); page.length > 0; page = b.history(gus, page.at(-1)?.message.timestamp)) {
      expect(page.length).toBeLessThanOrEqual(100);
      seen.push(...page.map(({ message, eventType }) => message.text ?? eventType));
    }
    expect(seen).toEqual([...Array.from({ length: 250 }, (_, i) => `${249 - i}`), 301]);
  });

  const texts = (b: LoungeBackend, actor: ReturnType<LoungeBackend["login"]>, time: number, limit = 2) =>
    b.history(actor, time, limit).map(({ message }) => message.text);

  test(row("B.5", "pages can overlap at equal timestamps"), () => {
    const time = START - 1000;
    const messages = ["a", "b", "c", "d"].map((text) => ({ from: "nora", roomId: ROOM, text, time }));
    const b = loungeBackend({ seed: lounge({}, { messages }), policy: { roomHistoryAnchor: "olderOrEqual" } });
    const gus = b.come("gus");
    expect(texts(b, gus, time)).toEqual(["d", "c"]);
    expect(texts(b, gus, time, 4)).toEqual(["d", "c", "b", "a"]);
    b.control.setPolicy({ roomHistoryAnchor: "older" });
    expect(texts(b, gus, time)).toEqual([]);
    expect(texts(b, gus, time + 1, 4)).toEqual(["d", "c", "b", "a"]);
  });

  test(row("B.5", "kept 10 days"), () => {
    const messages = [
      { from: "nora", roomId: ROOM, text: "eleven days", time: START - 11 * DAY },
      { from: "nora", roomId: ROOM, text: "ten days", time: START - 10 * DAY },
    ];
    const b = loungeBackend({ seed: lounge({}, { messages }) });
    const gus = b.come("gus");
    expect(texts(b, gus, START, 100)).toEqual(["ten days"]);
    b.control.clock.advance(1);
    expect(texts(b, gus, START, 100)).toEqual([]);
    b.control.setPolicy({ roomHistoryMs: 30 * DAY });
    expect(texts(b, gus, START, 100)).toEqual(["ten days", "eleven days"]);
  });

  test(row("A.3", "fetchMessageHistory is not for chat rooms"), () => {
    const b = loungeBackend();
    const page = { limit: 10, sync: false, startTime: 0, beginTime: 0, endTime: 0, order: HistoryOrder.ASCENDING };
    const command = { sessionId: ROOM, ...toRoom, ...page };
    expect(codeOf(() => b.execute("message.fetchMessageHistory", command, b.come("gus")))).toBe(414);
  });
});

describe("what only the app's server does", () => {
  test(row("B.12", "closed: those inside hear 311 and are out with reason 1; nobody enters until it is opened"), () => {
    const b = loungeBackend();
    const [boss, gus] = [b.come("boss"), b.come("gus")];
    b.control.rooms.close(ROOM);
    for (const actor of [boss, gus]) {
      expect(b.heard(actor).at(-1)).toBe(311);
      expect(b.kicks(actor)).toEqual([1]);
      expect(codeOf(() => b.enter(actor))).toBe(13002);
    }
    b.control.rooms.close(ROOM);
    b.control.rooms.open(ROOM);
    expect(b.enter(gus).room).toMatchObject({ onlineUserCount: 1, closed: false });
    expect(b.history(gus).filter(({ eventType }) => eventType === 311)).toHaveLength(1);
  });

  test("mute and update show in the room's information; what is so already is told nobody", () => {
    const b = loungeBackend();
    const gus = b.come("gus");
    b.control.rooms.mute(ROOM, false);
    b.control.rooms.mute(ROOM);
    b.control.rooms.mute(ROOM);
    const extension = { level: 2 };
    b.control.rooms.update(ROOM, { name: "Bar", announcement: "open late", extension });
    extension.level = 3;
    const { room } = b.execute("chatRoom.getChatRoomInfo", { roomId: ROOM }, gus);
    expect(room).toMatchObject({ name: "Bar", announcement: "open late", extension: { level: 2 }, muted: true });
    expect(b.heard(gus)).toEqual([318, 312]);
  });

  test.each([
    [404, (b: LoungeBackend) => b.control.rooms.close("nowhere")],
    [404, (b: LoungeBackend) => b.control.rooms.breakOff(ROOM, "gus")],
    [414, (b: LoungeBackend) => b.control.rooms.announce(ROOM, ChatRoomEventType.ENTER)],
    [414, (b: LoungeBackend) => b.control.rooms.update(ROOM, { name: "x".repeat(129) })],
    [414, (b: LoungeBackend) => b.control.rooms.update(ROOM, JSON.parse('{"creator":"gus"}'))],
    [414, (b: LoungeBackend) => b.control.rooms.order(ROOM, JSON.parse('{"kind":"burn"}'))],
  ] as const)("refused with %i", (code, order) => {
    expect(codeOf(() => order(loungeBackend()))).toBe(code);
  });
});
