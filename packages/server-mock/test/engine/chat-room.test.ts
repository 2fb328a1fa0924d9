// Going in and out of chat rooms, who is inside, and how a device stands with a room.
import {
  ChatRoomKickReason,
  ChatRoomMemberQueryType,
  ChatRoomMemberType,
  ChatRoomStatus,
} from "@nimkit/sdk/protocol/enums";
import { describe, expect, test } from "vitest";
import type { Actor } from "../../src/engine/entry.ts";
import { kickOut, type LoungeBackend, lounge, loungeBackend, marks, ROOM } from "./chat-room-kit.ts";
import { replay } from "./fold-journal.ts";
import { codeOf, row, START, testBackend } from "./kit.ts";

const { ENTERING, ENTERED, ENTER_FAILED, LOST } = ChatRoomStatus;
const { FIXED, FIXED_ONLINE, TEMPORARY } = ChatRoomMemberQueryType;
const { CREATOR, GUEST, LIMITED, MANAGER, NORMAL } = ChatRoomMemberType;

const info = (b: LoungeBackend, actor: Actor, roomId = ROOM) =>
  b.execute("chatRoom.getChatRoomInfo", { roomId }, actor).room;

/** Opens the device's stream; the result breaks it off, as a lost network does. */
async function openStream(b: LoungeBackend, actor: Actor): Promise<() => void> {
  const abort = new AbortController();
  const stream = b.subscribe(actor, {}, { signal: abort.signal })[Symbol.asyncIterator]();
  await stream.next();
  return () => abort.abort();
}

describe("entering", () => {
  test(row("B.12", "default role: the creator is the creator, everybody else a guest the first time"), () => {
    const b = loungeBackend();
    const creator = b.enter(b.login("1001"));
    expect(creator.member).toMatchObject({ userId: "1001", memberType: CREATOR, isOnline: true, isValid: true });
    const guest = b.enter(b.login("gus"));
    expect(guest.member).toMatchObject({ memberType: GUEST, isMuted: false, isInBlackList: false });
    expect(guest.member).not.toHaveProperty("updateTime");
    expect(guest.room).toMatchObject({ roomId: ROOM, name: "Lounge", creator: "1001", onlineUserCount: 2 });
  });

  test(row("B.12", "roles: creator 1, manager 2, normal 0, limited -1, guest -2"), () => {
    const b = loungeBackend();
    const gus = b.come("gus");
    const types = Object.fromEntries(b.members(gus, FIXED).map(({ userId, memberType }) => [userId, memberType]));
    expect(types).toEqual({ "1001": 1, boss: 2, boss2: 2, nora: 0, mute: -1, black: -1 });
    expect([CREATOR, MANAGER, NORMAL, LIMITED, GUEST]).toEqual([1, 2, 0, -1, -2]);
  });

  test(row("B.12", "states: entering 0, then entered 1"), () => {
    const b = loungeBackend();
    expect(b.statuses(b.come("gus"))).toEqual([ENTERING, ENTERED]);
  });

  test.each([
    ["unknown room", 404, "gus", { roomId: "nowhere" }, {}],
    ["no right", 403, "gus", {}, { membersOnly: true }],
    ["closed", 13002, "gus", {}, { closed: true }],
    ["blacklisted", 13003, "black", {}, {}],
    ["no right comes before closed", 403, "gus", {}, { membersOnly: true, closed: true }],
    ["closed comes before blacklisted", 13002, "black", {}, { closed: true }],
  ] as const)("B.12 enter, %s: %i, and the states 0 and 2", (_name, code, account, command, room) => {
    const b = loungeBackend({ seed: lounge(room) });
    const actor = b.login(account);
    expect(codeOf(() => b.enter(actor, command))).toBe(code);
    expect(b.statuses(actor)).toEqual([ENTERING, ENTER_FAILED]);
  });

  test(row("B.12", "a members' room lets its fixed members in"), () => {
    const b = loungeBackend({ seed: lounge({ membersOnly: true }) });
    expect(b.enter(b.login("nora")).member?.memberType).toBe(NORMAL);
  });

  test.each(["ios", "android", "web"] as const)("B.12 enter needs a logged-in IM, else 13001 (%s)", (platform) => {
    const b = loungeBackend();
    expect(codeOf(() => b.enter({ account: "gus", deviceId: "d", platform }))).toBe(13001);
    const gus = b.login("gus", "d", platform);
    b.execute("auth.logout", {}, gus);
    expect(codeOf(() => b.enter(gus))).toBe(13001);
  });

  test.each([
    ["extension", 4088, undefined],
    ["extension", 4089, 405],
    ["notifyExtension", 1016, undefined],
    ["notifyExtension", 1017, 405],
  ] as const)("C %s of %i characters and its JSON's 8", (field, length, code) => {
    const b = loungeBackend();
    const gus = b.login("gus");
    expect(codeOf(() => b.enter(gus, { [field]: { k: "😀".repeat(length) } }))).toBe(code);
    expect(b.statuses(gus)).toEqual(code === undefined ? [ENTERING, ENTERED] : []);
  });

  test(row("B.12", "nickname, avatar and extension are kept only for that visit"), () => {
    const b = loungeBackend();
    const card = { nickname: "Nono", avatarUrl: "https://a.example/n.png", extension: { team: "red" } };
    const [nora, gus] = [b.come("nora", card), b.come("gus")];
    expect(b.member(gus, "nora")).toMatchObject(card);
    b.exit(nora);
    const away = b.member(gus, "nora");
    expect(away?.nickname).toBe("nora of the app");
    expect(away).not.toHaveProperty("avatarUrl");
    b.enter(nora);
    expect(b.member(gus, "nora")).not.toHaveProperty("extension");
  });

  test(row("B.12", "... unless saved"), () => {
    const saved = { nickname: "Nono", avatarUrl: "https://a.example/n.png", extension: { team: "red" } };
    const b = loungeBackend({ seed: lounge({ saved: [{ userId: "NORA", ...saved }] }) });
    const gus = b.come("gus");
    expect(b.member(gus, "nora")).toMatchObject(saved);
    const nora = b.come("nora", { nickname: "Today" });
    expect(b.member(gus, "nora")).toMatchObject({ ...saved, nickname: "Today" });
    b.exit(nora);
    expect(b.member(gus, "nora")).toMatchObject(saved);
  });

  test(row("B.12", "several rooms at once, each for itself"), () => {
    const b = loungeBackend();
    const gus = b.come("gus");
    b.enter(gus, { roomId: "3002", nickname: "G" });
    expect(info(b, gus).onlineUserCount).toBe(1);
    expect(info(b, gus, "3002").onlineUserCount).toBe(1);
    b.exit(gus);
    expect(codeOf(() => info(b, gus))).toBe(13002);
    expect(info(b, gus, "3002").onlineUserCount).toBe(1);
  });

  test(row("B.12", "the same account from another device: the earlier one is kicked with reason 3"), () => {
    const b = loungeBackend();
    const watcher = b.come("nora");
    const phone = b.come("gus");
    const web = b.come("gus", {}, "gus-web", "web");
    expect(b.kicks(phone)).toEqual([ChatRoomKickReason.OTHER_DEVICE]);
    expect(b.kicks(web)).toEqual([]);
    expect(info(b, web).onlineUserCount).toBe(2);
    expect(codeOf(() => info(b, phone))).toBe(13002);
    b.exit(phone);
    expect(info(b, web).onlineUserCount).toBe(2);
    expect(b.heard(watcher)).toEqual([301, 301]);
  });

  test(row("B.12", "the same device may enter anew, with what it gives now"), () => {
    const b = loungeBackend();
    const gus = b.come("gus", { nickname: "one", extension: { n: 1 } });
    const again = b.enter(gus, { nickname: "two" });
    expect(again.room?.onlineUserCount).toBe(1);
    expect(again.member).toMatchObject({ nickname: "two" });
    expect(again.member).not.toHaveProperty("extension");
    expect(b.kicks(gus)).toEqual([]);
  });
});

describe("leaving", () => {
  test(row("B.12", "exit: 404 without the room, otherwise it always succeeds"), () => {
    const b = loungeBackend();
    const gus = b.login("gus");
    expect(codeOf(() => b.exit(gus, "nowhere"))).toBe(404);
    expect(codeOf(() => b.exit(gus))).toBeUndefined();
  });

  test(row("B.12", "guests exist only while online, fixed members offline too"), () => {
    const b = loungeBackend();
    const [boss, gus, nora] = [b.come("boss"), b.come("gus"), b.come("nora")];
    const { enterTime } = b.member(boss, "nora") ?? {};
    expect(b.ids(boss, TEMPORARY)).toEqual(["gus"]);
    for (const actor of [gus, nora]) b.exit(actor);
    expect(b.ids(boss, TEMPORARY)).toEqual([]);
    expect(b.member(boss, "gus")).toBeUndefined();
    expect(b.member(boss, "nora")).toMatchObject({ isOnline: false, memberType: NORMAL, enterTime });
    expect(b.member(boss, "boss2")).not.toHaveProperty("enterTime");
  });

  test.each([
    ["logout", (b: LoungeBackend, actor: Actor) => void b.execute("auth.logout", {}, actor)],
    ["a kick", (b: LoungeBackend, actor: Actor) => b.control.kick(actor.account)],
    ["a login on another phone", (b: LoungeBackend, actor: Actor) => void b.login(actor.account, "other", "android")],
  ])("B.12 needs a logged-in IM: %s takes a device out of its rooms", (_name, end) => {
    const b = loungeBackend();
    const [nora, gus] = [b.come("nora"), b.come("gus")];
    b.enter(gus, { roomId: "3002" });
    end(b, gus);
    expect(info(b, nora).onlineUserCount).toBe(1);
    expect(b.heard(nora)).toEqual([301, 302]);
    expect(b.kicks(gus)).toEqual([]);
  });

  test(row("B.12", "needs a logged-in IM: so does the end of the token, which the device hears as a lost link"), () => {
    const b = loungeBackend({ policy: { tokenLifetimeMs: 1000 } });
    const gus = b.come("gus");
    b.control.clock.advance(999);
    const nora = b.come("nora");
    b.control.clock.advance(1);
    expect(b.statuses(gus)).toEqual([ENTERING, ENTERED, LOST]);
    expect(b.heard(nora)).toEqual([302]);
    expect(codeOf(() => b.exit(gus))).not.toBeUndefined();
    b.login("gus", gus.deviceId, "android");
    expect(codeOf(() => info(b, gus))).toBe(13002);
  });
});

describe("a broken connection", () => {
  test(row("B.12", "states: lost 3, then entering 0 and entered 1: it is made again by itself"), async () => {
    const b = loungeBackend();
    const [nora, gus] = [b.come("nora"), b.come("gus", { nickname: "G" })];
    const cut = await openStream(b, gus);
    cut();
    expect(b.statuses(gus)).toEqual([ENTERING, ENTERED, LOST]);
    b.control.clock.advance(29_999);
    expect(b.member(nora, "gus")).toMatchObject({ isOnline: true, nickname: "G" });
    const cutAgain = await openStream(b, gus);
    expect(b.statuses(gus)).toEqual([ENTERING, ENTERED, LOST, ENTERING, ENTERED]);
    b.control.clock.advance(60_000);
    expect(b.heard(nora)).toEqual([301]);
    cutAgain();
    await b.close();
  });

  test(row("B.12", "nothing is kept for a lost device: it reads the history"), async () => {
    const b = loungeBackend();
    const [nora, gus] = [b.come("nora"), b.come("gus")];
    (await openStream(b, gus))();
    b.say(nora, "missed");
    const cut = await openStream(b, gus);
    b.say(nora, "heard");
    expect(b.heard(gus)).toEqual(["heard"]);
    expect(b.history(gus).map(({ message }) => message.text)).toEqual(["heard", "missed", undefined, undefined]);
    cut();
    await b.close();
  });

  test("one who is away for too long leaves, and enters anew when he is back", async () => {
    const b = loungeBackend({ policy: { roomPlaceMs: 5000 } });
    const nora = b.come("nora");
    const gus = b.come("gus", { nickname: "G", notifyExtension: { hi: 1 } });
    (await openStream(b, gus))();
    b.control.clock.advance(5000);
    expect(b.heard(nora)).toEqual([301, 302]);
    expect(b.ids(nora, TEMPORARY)).toEqual([]);
    expect(codeOf(() => info(b, gus))).toBe(13002);
    const cut = await openStream(b, gus);
    expect(b.heard(nora)).toEqual([301, 302, 301]);
    expect(b.history(nora)[0]?.message.attachment).toMatchObject({ notifyExtension: { hi: 1 }, operatorNickname: "G" });
    expect(b.statuses(gus).slice(-2)).toEqual([ENTERING, ENTERED]);
    expect(b.member(nora, "gus")).toMatchObject({ nickname: "G", enterTime: START + 5000 });
    cut();
    await b.close();
  });

  test("states: failed 2 for one who may not enter any more when he is back", async () => {
    const b = loungeBackend({ seed: lounge({ membersOnly: true }) });
    const [boss, nora] = [b.come("boss"), b.come("nora")];
    (await openStream(b, nora))();
    b.control.clock.advance(30_000);
    marks.normal(b, boss, "nora", false);
    const cut = await openStream(b, nora);
    expect(b.statuses(nora).slice(-3)).toEqual([LOST, ENTERING, ENTER_FAILED]);
    cut();
    const again = await openStream(b, nora);
    expect(b.statuses(nora)).toHaveLength(5);
    again();
    await b.close();
  });

  test("one who was blacklisted while away is out for good", async () => {
    const b = loungeBackend();
    const [boss, gus] = [b.come("boss"), b.come("gus")];
    (await openStream(b, gus))();
    b.control.clock.advance(30_000);
    marks.blacklist(b, boss, "gus", true);
    const cut = await openStream(b, gus);
    expect(b.kicks(gus)).toEqual([ChatRoomKickReason.BLACKLISTED]);
    expect(b.statuses(gus)).toEqual([ENTERING, ENTERED, LOST]);
    cut();
    await b.close();
  });

  test("a place that is given up is not given up twice", async () => {
    const b = loungeBackend();
    const [nora, gus] = [b.come("nora"), b.come("gus")];
    (await openStream(b, gus))();
    b.control.clock.advance(10_000);
    const cut = await openStream(b, gus);
    b.control.clock.advance(10_000);
    cut();
    b.control.clock.advance(29_999);
    expect(b.heard(nora)).toEqual([301]);
    b.control.clock.advance(1);
    b.execute("auth.logout", {}, gus);
    expect(b.heard(nora)).toEqual([301, 302]);
    await b.close();
  });

  test("a restored world has lost all links; the log of it all gives the same world", async () => {
    const b = loungeBackend();
    const gus = b.come("gus");
    const cut = await openStream(b, gus);
    const snapshot = b.control.snapshot();
    b.control.restore(snapshot);
    expect(b.statuses(gus).at(-1)).toBe(LOST);
    cut();
    replay(b.journal, b.control.digest());
    await b.close();
  });
});

describe("reasons of a kick", () => {
  const { BLACKLISTED, CLOSED, CONNECTION, MANAGER: BY_MANAGER, OTHER_DEVICE, UNSPECIFIED } = ChatRoomKickReason;

  test.each([
    [CLOSED, 1, (b: LoungeBackend) => b.control.rooms.close(ROOM)],
    [BY_MANAGER, 2, (b: LoungeBackend) => kickOut(b, b.come("boss"), "gus")],
    [OTHER_DEVICE, 3, (b: LoungeBackend) => b.come("gus", {}, "web", "web")],
    [CONNECTION, 4, (b: LoungeBackend) => b.control.rooms.breakOff(ROOM, "gus")],
    [BLACKLISTED, 5, (b: LoungeBackend) => marks.blacklist(b, b.come("boss"), "gus", true)],
  ] as const)("B.12 kick reason %i", (reason, number, cause) => {
    const b = loungeBackend();
    const gus = b.come("gus");
    cause(b);
    expect(reason).toBe(number);
    expect(b.kicks(gus)).toEqual([reason]);
    expect(codeOf(() => info(b, gus))).toBe(13002);
    expect(codeOf(() => b.exit(gus))).toBeUndefined();
  });

  test(row("D.2", "iOS has no reason 4"), () => {
    const b = loungeBackend();
    const gus = b.come("gus", {}, "phone", "ios");
    b.control.rooms.breakOff(ROOM, "gus");
    expect(b.kicks(gus)).toEqual([UNSPECIFIED]);
  });
});

describe("lists of members", () => {
  test(row("B.12", "type 0: fixed including offline, 1: temporary, 2: fixed online"), () => {
    const b = loungeBackend();
    const nora = b.come("nora");
    b.come("gus");
    b.come("gina");
    expect(b.ids(nora, FIXED)).toEqual(["1001", "boss", "boss2", "nora", "mute", "black"]);
    expect(b.ids(nora, TEMPORARY)).toEqual(["gina", "gus"]);
    expect(b.ids(nora, FIXED_ONLINE)).toEqual(["nora"]);
  });

  test(row("B.12", "time anchor: enter time for temporary, update time for fixed; pages lose nobody"), () => {
    const b = loungeBackend();
    const nora = b.come("nora");
    for (const guest of ["gus", "gina", "1002", "1003"]) b.come(guest);
    const guests = b.members(nora, TEMPORARY, 0, 3);
    expect(guests.map(({ userId }) => userId)).toEqual(["1003", "1002", "gina"]);
    expect(b.ids(nora, TEMPORARY, guests.at(-1)?.enterTime, 3)).toEqual(["gus"]);
    const fixed = b.members(nora, FIXED, 0, 4);
    const rest = b.ids(nora, FIXED, fixed.at(-1)?.updateTime, 4);
    expect([...fixed.map(({ userId }) => userId), ...rest]).toEqual(["1001", "boss", "boss2", "nora", "mute", "black"]);
  });

  test(row("B.12", "a changed member comes first, with a new update time"), () => {
    const b = loungeBackend();
    const boss = b.come("boss");
    b.control.clock.advance(1000);
    marks.mute(b, boss, "nora", true);
    expect(b.members(boss, FIXED, 0, 1)).toMatchObject([{ userId: "nora", updateTime: START + 1000 }]);
  });

  test(row("D.1", "iOS ignores the time: always the first page"), () => {
    const b = loungeBackend();
    const nora = b.come("nora", {}, "phone", "ios");
    expect(b.ids(nora, FIXED, START - 2, 2)).toEqual(["1001", "boss"]);
    const web = b.come("gus", {}, "web", "web");
    expect(b.ids(web, FIXED, START - 2, 2)).toEqual(["nora", "mute"]);
  });

  test.each([0, 101])("B.12 page of %i: 414", (limit) => {
    const b = loungeBackend();
    const nora = b.come("nora");
    expect(codeOf(() => b.members(nora, FIXED, 0, limit))).toBe(414);
    expect(codeOf(() => b.history(nora, 0, limit))).toBe(414);
  });

  test(row("B.12", "by ids: each once, in any case, strangers and absent guests left out"), () => {
    const b = loungeBackend();
    const nora = b.come("nora");
    const userIds = ["GUS", "Boss", "boss", "nobody", "nora"];
    const { members } = b.execute("chatRoom.getChatRoomMembersByIds", { roomId: ROOM, userIds }, nora);
    expect(members.map(({ userId }) => userId)).toEqual(["boss", "nora"]);
  });

  test.each([
    ["getChatRoomInfo", {}],
    ["getChatRoomMembers", { type: FIXED, time: 0, limit: 10 }],
    ["getChatRoomMembersByIds", { userIds: ["1001"] }],
    ["getChatRoomHistoryMsg", { startTime: 0, limit: 10 }],
  ] as const)("A.2 %s: 404 without the room, 13002 for a device that is not inside", (method, command) => {
    const b = loungeBackend();
    const gus = b.login("gus");
    const ask = (roomId: string) => codeOf(() => b.execute(`chatRoom.${method}`, { roomId, ...command } as never, gus));
    expect(ask("nowhere")).toBe(404);
    expect(ask(ROOM)).toBe(13002);
    b.enter(gus);
    expect(ask(ROOM)).toBeUndefined();
  });
});

describe("seeds of rooms", () => {
  test.each([
    ["rooms[0].managers", { managers: ["nobody"] }],
    ["rooms[0].members", { members: ["nobody"] }],
    ["rooms[0].mutedMembers", { mutedMembers: ["nobody"] }],
    ["rooms[0].blacklist", { blacklist: ["nobody"] }],
    ["rooms[0].saved", { saved: [{ userId: "nobody" }] }],
    ["rooms[0].tempMutes", { tempMutes: [{ userId: "nobody", forMs: 1 }] }],
    ["rooms[0].tempMutes", { tempMutes: [{ userId: "1002", forMs: 2_592_000_001 }] }],
    ["rooms[0].roomId", { roomId: "3002" }],
    ["rooms[0].name", { name: "x".repeat(129) }],
    ["rooms[0].announcement", { announcement: "x".repeat(4097) }],
    ["rooms[0].broadcastUrl", { broadcastUrl: "x".repeat(1025) }],
    ["rooms[0].extension", { extension: { k: "x".repeat(4089) } }],
  ])("%s: 414", (field, wrong) => {
    const b = testBackend();
    const seed = () => b.control.seed({ rooms: [{ roomId: "1", name: "x", creator: "1001", ...wrong }] });
    expect(seed).toThrow(expect.objectContaining({ code: 414, field }));
  });

  test("a text needs a room that is there, and one target", () => {
    const b = testBackend();
    expect(codeOf(() => b.control.seed({ messages: [{ from: "1001", roomId: "nowhere", text: "x" }] }))).toBe(414);
    expect(codeOf(() => b.control.seed({ messages: [{ from: "1001", roomId: "3002", to: "1002", text: "x" }] }))).toBe(
      414,
    );
    expect(codeOf(() => b.control.seed({ messages: [{ from: "1001", roomId: "3002", text: "x" }] }))).toBeUndefined();
  });
});
