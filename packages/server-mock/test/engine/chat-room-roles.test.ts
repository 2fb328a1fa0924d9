// Who may do what to whom in a chat room, and what becomes of the one it is done to.
import { ChatRoomMemberQueryType, ChatRoomMemberType } from "@nimkit/sdk/protocol/enums";
import { describe, expect, test } from "vitest";
import type { Actor } from "../../src/engine/entry.ts";
import { kickOut, type LoungeBackend, lounge, loungeBackend, marks, ROOM } from "./chat-room-kit.ts";
import { codeOf, row, START } from "./kit.ts";

const { CREATOR, GUEST, LIMITED, MANAGER, NORMAL } = ChatRoomMemberType;
const { FIXED, TEMPORARY } = ChatRoomMemberQueryType;

type Mark = keyof typeof marks;
const MARKS = Object.keys(marks) as Mark[];
const EVENTS: Readonly<Record<Mark, readonly [number, number]>> = {
  blacklist: [303, 304],
  mute: [305, 306],
  admin: [307, 308],
  normal: [309, 310],
};

const typeOf = (b: LoungeBackend, by: Actor, userId: string) => b.member(by, userId)?.memberType;
const set = (b: LoungeBackend, mark: Mark, by: Actor, userId: string, wanted = true) =>
  codeOf(() => marks[mark](b, by, userId, wanted));

describe("rights", () => {
  const managersMay = (mark: Mark) => mark !== "admin";

  describe.each(MARKS)("%s", (mark) => {
    test.each([
      ["1001", "gus", true],
      ["1001", "nora", mark !== "normal"],
      ["1001", "boss", true],
      ["boss", "gus", managersMay(mark)],
      ["boss", "mute", managersMay(mark)],
      ["boss", "1001", false],
      ["boss", "boss2", false],
      ["boss", "boss", false],
      ["1001", "1001", false],
      ["nora", "gus", false],
      ["gus", "gina", false],
    ])("B.12 by %s to %s: %s", (by, target, may) => {
      const b = loungeBackend();
      const actor = b.come(by);
      b.come("gina");
      const code = set(b, mark, actor, target);
      // What is set already is refused as repeated, after the rights.
      const repeated = (mark === "mute" && target === "mute") || (mark === "admin" && target === "boss");
      const isNormal = mark === "normal" && target === "nora";
      const allowed = may || isNormal;
      expect(code).toBe(!allowed ? 403 : repeated || isNormal ? 417 : undefined);
    });
  });

  test.each([
    ["1001", "gus", undefined],
    ["1001", "boss", undefined],
    ["boss", "gus", undefined],
    ["boss", "boss2", 403],
    ["boss", "1001", 403],
    ["boss", "boss", 403],
    ["1001", "1001", 403],
    ["nora", "gus", 403],
    ["gus", "nora", 403],
  ])("B.12 kick by %s of %s: %s", (by, target, code) => {
    const b = loungeBackend();
    for (const account of ["1001", "boss", "boss2", "nora", "gus"]) if (account !== by) b.come(account);
    const actor = b.come(by);
    expect(codeOf(() => kickOut(b, actor, target))).toBe(code);
  });

  test("a muted manager has no rights, and still is nobody for another manager to touch", () => {
    const b = loungeBackend();
    const [creator, boss, boss2] = [b.come("1001"), b.come("boss"), b.come("boss2")];
    marks.mute(b, creator, "boss", true);
    expect(set(b, "mute", boss, "gus")).toBe(403);
    expect(set(b, "mute", boss2, "boss", false)).toBe(403);
    expect(set(b, "mute", creator, "boss", false)).toBeUndefined();
    expect(typeOf(b, creator, "boss")).toBe(MANAGER);
  });
});

describe("order of the checks", () => {
  test.each(MARKS)("A.2 %s: 404 before 13002 before 403 before 417", (mark) => {
    const b = loungeBackend({ seed: lounge({ fixedMemberLimit: 6 }) });
    const outside = b.login("gus");
    const nowhere = { roomId: "nowhere", userId: "gus", isAdd: true, isMute: true, isAdmin: true, isNormal: true };
    const method = { blacklist: "addUserToBlackList", mute: "muteUser", admin: "setAdmin", normal: "setNormal" }[mark];
    expect(codeOf(() => b.execute(`chatRoom.${method}` as "chatRoom.muteUser", nowhere, outside))).toBe(404);
    expect(set(b, mark, outside, "nobody")).toBe(404);
    expect(set(b, mark, outside, "boss")).toBe(13002);
    b.enter(outside);
    expect(set(b, mark, outside, "boss", false)).toBe(403);
    const creator = b.come("1001");
    expect(set(b, mark, creator, "gina", false)).toBe(417);
    expect(set(b, mark, creator, "gina")).toBe(419);
  });

  test("A.2 kick: 404 without the room or the member inside, then 13002, then 403", () => {
    const b = loungeBackend();
    const gus = b.login("gus");
    const kick = (roomId: string, userId: string) =>
      codeOf(() => b.execute("chatRoom.kickMemberFromChatRoom", { roomId, userId }, gus));
    expect(kick("nowhere", "nora")).toBe(404);
    expect(kick(ROOM, "nobody")).toBe(404);
    expect(kick(ROOM, "nora")).toBe(404);
    b.come("nora");
    expect(kick(ROOM, "nora")).toBe(13002);
    b.enter(gus);
    expect(kick(ROOM, "nora")).toBe(403);
  });
});

describe("what becomes of a member", () => {
  test.each([
    ["blacklist", "gus", LIMITED],
    ["mute", "gus", LIMITED],
    ["admin", "gus", MANAGER],
    ["normal", "gus", NORMAL],
    ["mute", "nora", LIMITED],
    ["normal", "boss", NORMAL],
  ] as const)("B.12 %s makes %s a %i, who belongs to the room while away", (mark, target, type) => {
    const b = loungeBackend();
    const creator = b.come("1001");
    b.control.clock.advance(50);
    marks[mark](b, creator, target.toUpperCase(), true);
    expect(b.member(creator, target)).toMatchObject({ memberType: type, isOnline: false, updateTime: START + 50 });
    expect(b.ids(creator, FIXED)[0]).toBe(target);
  });

  test.each(MARKS)("A.2 %s twice: 417", (mark) => {
    const b = loungeBackend();
    const creator = b.come("1001");
    expect([set(b, mark, creator, "gus"), set(b, mark, creator, "gus")]).toEqual([undefined, 417]);
    expect([set(b, mark, creator, "gus", false), set(b, mark, creator, "gus", false)]).toEqual([undefined, 417]);
  });

  // Whom, what is set and unset, and who that is afterwards by the SDK's guide and by the server's document.
  test.each([
    ["gus", "mute", GUEST, GUEST],
    ["gus", "blacklist", GUEST, GUEST],
    ["nora", "mute", NORMAL, GUEST],
    ["nora", "blacklist", NORMAL, GUEST],
    ["boss", "mute", MANAGER, GUEST],
    ["gus", "admin", NORMAL, GUEST],
    ["nora", "admin", NORMAL, GUEST],
    ["gus", "normal", GUEST, GUEST],
  ] as const)("B.12 unset: %s, %s: %i by the guide, %i by the server", (target, mark, byGuide, byServer) => {
    for (const [roomUnset, type] of [
      ["guide", byGuide],
      ["server", byServer],
    ] as const) {
      const b = loungeBackend({ policy: { roomUnset } });
      const creator = b.come("1001");
      marks[mark](b, creator, target, true);
      marks[mark](b, creator, target, false);
      b.come(target);
      expect(typeOf(b, creator, target)).toBe(type);
      expect(b.ids(creator, type === GUEST ? TEMPORARY : FIXED)).toContain(target);
    }
  });

  test.each(["guide", "server"] as const)("B.12 unset: one who is still muted stays limited (%s)", (roomUnset) => {
    const b = loungeBackend({ policy: { roomUnset } });
    const creator = b.come("1001");
    marks.mute(b, creator, "nora", true);
    marks.blacklist(b, creator, "nora", true);
    marks.blacklist(b, creator, "nora", false);
    expect(b.member(creator, "nora")).toMatchObject({ memberType: LIMITED, isMuted: true, isInBlackList: false });
  });

  test(row("B.12", "kick: not a ban, the user may re-enter"), () => {
    const b = loungeBackend();
    const [boss, gus] = [b.come("boss"), b.come("gus")];
    kickOut(b, boss, "gus", "too loud");
    expect(b.kicks(gus)).toEqual([2]);
    expect(b.heard(boss)).toEqual([301, 313]);
    expect(b.heard(gus)).toEqual([]);
    expect(b.history(boss)[0]?.message.attachment).toMatchObject({ reason: "too loud" });
    expect(codeOf(() => b.enter(gus))).toBeUndefined();
  });

  test(row("B.12", "blacklist: kicks (reason 5), next enter gives 13003 until it is lifted"), () => {
    const b = loungeBackend();
    const [boss, gus] = [b.come("boss"), b.come("gus")];
    marks.blacklist(b, boss, "gus", true);
    expect(b.kicks(gus)).toEqual([5]);
    expect(b.heard(boss)).toEqual([301, 303]);
    expect(codeOf(() => b.enter(gus))).toBe(13003);
    marks.blacklist(b, boss, "gus", false);
    expect(b.heard(boss)).toEqual([301, 303, 304]);
    expect(codeOf(() => b.enter(gus))).toBeUndefined();
    expect(typeOf(b, boss, "gus")).toBe(GUEST);
  });

  test.each(MARKS)("B.12 event ids of %s", (mark) => {
    const b = loungeBackend();
    const [creator, nora] = [b.come("1001"), b.come("nora")];
    marks[mark](b, creator, "gus", true);
    marks[mark](b, creator, "gus", false);
    expect(b.heard(nora)).toEqual(EVENTS[mark]);
    expect(b.heard(creator)).toEqual([301, ...EVENTS[mark]]);
    expect(b.history(nora, 0, 1)).toMatchObject([{ operator: "1001", targets: ["gus"], notificationType: 3 }]);
  });

  test(row("B.12", "fixed members at most 1000"), () => {
    const userIds = Array.from({ length: 1000 }, (_, i) => `m${i}`);
    const accounts = userIds.map((userId) => ({ userId }));
    const seed = (members: string[]) =>
      lounge({ managers: [], members, mutedMembers: [], blacklist: [] }, { accounts });
    const full = loungeBackend({ seed: seed(userIds.slice(0, 999)) });
    const creator = full.come("1001");
    for (const mark of MARKS) expect(set(full, mark, creator, "gus")).toBe(419);
    expect(set(full, "mute", creator, "m1")).toBeUndefined();
    expect(set(full, "normal", creator, "m1", false)).toBeUndefined();
    expect(set(full, "mute", creator, "m1", false)).toBeUndefined();
    expect(set(full, "normal", creator, "gus")).toBeUndefined();
    expect(set(full, "normal", creator, "gina")).toBe(419);
  });

  test("only those with a part in it change: the creator is always one", () => {
    const b = loungeBackend();
    const creator = b.come("1001");
    expect(typeOf(b, creator, "1001")).toBe(CREATOR);
  });
});

describe("mute for a time", () => {
  const MONTH = 2_592_000_000;

  test(row("B.12", "send gives 13004 until the time is up"), () => {
    const b = loungeBackend();
    const [gus, nora] = [b.come("gus"), b.come("nora")];
    b.control.rooms.muteFor(ROOM, "GUS", 60_000);
    expect(b.member(nora, "gus")).toMatchObject({ isMuted: true, memberType: GUEST });
    b.control.clock.advance(59_999);
    expect(b.sayCode(gus)).toBe(13004);
    b.control.clock.advance(1);
    expect(b.sayCode(gus)).toBeUndefined();
    expect(b.heard(nora)).toEqual([314, 315, "hi"]);
    expect(b.history(nora).at(-3)?.message.attachment).toMatchObject({ targets: ["gus"], muteDuration: 60_000 });
  });

  test("its end may be silent", () => {
    const b = loungeBackend({ policy: { roomTellsMuteEnd: false } });
    const gus = b.come("gus");
    b.control.rooms.muteFor(ROOM, "gus", 1000);
    b.control.clock.advance(1000);
    expect(b.sayCode(gus)).toBeUndefined();
    expect(b.heard(gus)).toEqual([314]);
  });

  test(row("B.12", "0 lifts; a new time takes the place of the old one"), () => {
    const b = loungeBackend();
    const gus = b.come("gus");
    b.control.rooms.muteFor(ROOM, "gus", 1000);
    b.control.rooms.muteFor(ROOM, "gus", 5000);
    b.control.clock.advance(4999);
    expect(b.sayCode(gus)).toBe(13004);
    b.control.rooms.muteFor(ROOM, "gus", 0);
    expect(b.sayCode(gus)).toBeUndefined();
    b.control.rooms.muteFor(ROOM, "gus", 0);
    b.control.clock.advance(10_000);
    expect(b.heard(gus)).toEqual([314, 314, 315]);
  });

  test(row("B.12", "at most 30 days"), () => {
    const b = loungeBackend();
    expect(codeOf(() => b.control.rooms.muteFor(ROOM, "gus", MONTH))).toBeUndefined();
    expect(codeOf(() => b.control.rooms.muteFor(ROOM, "gus", MONTH + 1))).toBe(414);
    expect(codeOf(() => b.control.rooms.muteFor(ROOM, "gus", -1))).toBe(414);
    expect(codeOf(() => b.control.rooms.muteFor(ROOM, "nobody", 1))).toBe(404);
  });

  test("it outlasts the stay, comes from a seed too, and muteUser lifts it", () => {
    const b = loungeBackend({ seed: lounge({ tempMutes: [{ userId: "GUS", forMs: 1000 }] }) });
    const [boss, gus] = [b.come("boss"), b.come("gus")];
    expect(b.sayCode(gus)).toBe(13004);
    marks.mute(b, boss, "gus", false);
    expect(b.heard(boss)).toEqual([301, 315]);
    expect(b.sayCode(gus)).toBeUndefined();
    b.control.rooms.muteFor(ROOM, "gus", 5000);
    b.exit(gus);
    b.enter(gus);
    b.control.clock.advance(1000);
    expect(b.sayCode(gus)).toBe(13004);
    b.control.clock.advance(4000);
    expect(b.sayCode(gus)).toBeUndefined();
  });

  test("a mute until further notice stays when the time is up", () => {
    const b = loungeBackend();
    const [boss, gus] = [b.come("boss"), b.come("gus")];
    b.control.rooms.muteFor(ROOM, "gus", 1000);
    marks.mute(b, boss, "gus", true);
    b.control.clock.advance(1000);
    expect(b.sayCode(gus)).toBe(13004);
    b.control.rooms.muteFor(ROOM, "gus", 1000);
    marks.mute(b, boss, "gus", false);
    expect(b.heard(gus).at(-1)).toBe(306);
    expect(b.sayCode(gus)).toBeUndefined();
  });
});
