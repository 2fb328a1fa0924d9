import { type ChatRoomMemberQueryType, SessionType } from "@nimkit/sdk/protocol/enums";
import type { BackendOptions } from "../../src/backend/index.ts";
import type { Actor, Platform } from "../../src/engine/entry.ts";
import type {
  ChatRoomMemberData,
  ChatRoomMessageData,
  EnterChatRoomCommand,
  EnterChatRoomReply,
  SendTextCommand,
} from "../../src/gen/commands.ts";
import { DEFAULT_PASSWORD, defaultSeed } from "../../src/seed/default-seed.ts";
import { mergeSeeds } from "../../src/seed/merge-seeds.ts";
import type { SeedData, SeedRoom } from "../../src/seed/seed-data.ts";
import { codeOf, type TestBackend, testBackend } from "./kit.ts";

/** The room of the tests. Its creator is 1001, its managers `boss` and `boss2`, its normal member `nora`. */
export const ROOM = "9001";

const people = ["boss", "boss2", "nora", "gus", "gina", "mute", "black"];

const room: SeedRoom = {
  roomId: ROOM,
  name: "Lounge",
  creator: "1001",
  managers: ["boss", "boss2"],
  members: ["nora"],
  mutedMembers: ["mute"],
  blacklist: ["black"],
};

/** The default seed, a room and people of every kind; `more` changes the room. */
export function lounge(more: Partial<SeedRoom> = {}, extra: SeedData = {}): SeedData {
  const accounts = people.map((userId) => ({ userId, password: DEFAULT_PASSWORD, nickname: `${userId} of the app` }));
  return mergeSeeds(defaultSeed, { accounts, rooms: [{ ...room, ...more }] }, extra);
}

/** A backend with the lounge, and the doors to it. */
export interface LoungeBackend extends TestBackend {
  /** Logs a device in and takes it into the room. */
  come(account: string, more?: Partial<EnterChatRoomCommand>, deviceId?: string, platform?: Platform): Actor;
  enter(actor: Actor, more?: Partial<EnterChatRoomCommand>): EnterChatRoomReply;
  exit(actor: Actor, roomId?: string): void;
  say(actor: Actor, content: string, more?: Partial<SendTextCommand>): void;
  /** The code of a text to the room. */
  sayCode(actor: Actor): number | undefined;
  member(actor: Actor, userId: string): ChatRoomMemberData | undefined;
  members(actor: Actor, type: ChatRoomMemberQueryType, time?: number, limit?: number): readonly ChatRoomMemberData[];
  ids(actor: Actor, type: ChatRoomMemberQueryType, time?: number, limit?: number): readonly string[];
  history(actor: Actor, startTime?: number, limit?: number): readonly ChatRoomMessageData[];
  /** What a device was told inside rooms: the number of a notification's event, or the text of a message. */
  heard(actor: Actor): readonly unknown[];
  statuses(actor: Actor): readonly number[];
  kicks(actor: Actor): readonly number[];
}

export function loungeBackend(options: BackendOptions = {}): LoungeBackend {
  const b = testBackend({ seed: lounge(), ...options });
  const backend: LoungeBackend = {
    ...b,
    come(account, more = {}, deviceId = `${account}-phone`, platform = "android") {
      const actor = b.login(account, deviceId, platform);
      backend.enter(actor, more);
      return actor;
    },
    enter: (actor, more = {}) => b.execute("chatRoom.enterChatRoom", { roomId: ROOM, ...more }, actor),
    exit: (actor, roomId = ROOM) => void b.execute("chatRoom.exitChatRoom", { roomId }, actor),
    say(actor, content, more = {}) {
      b.text(actor, ROOM, content, { sessionType: SessionType.CHAT_ROOM, ...more });
    },
    sayCode: (actor) => codeOf(() => backend.say(actor, "hi")),
    member: (actor, userId) =>
      b.execute("chatRoom.getChatRoomMembersByIds", { roomId: ROOM, userIds: [userId] }, actor).members[0],
    members: (actor, type, time = 0, limit = 100) =>
      b.execute("chatRoom.getChatRoomMembers", { roomId: ROOM, type, time, limit }, actor).members,
    ids: (actor, type, time, limit) => backend.members(actor, type, time, limit).map(({ userId }) => userId),
    history: (actor, startTime = 0, limit = 100) =>
      b.execute("chatRoom.getChatRoomHistoryMsg", { roomId: ROOM, startTime, limit }, actor).messages,
    heard: (actor) =>
      b
        .told(actor, "message")
        .flatMap((payload) => (payload.case === "message" ? payload.value.messages : []))
        .map(({ text, attachment }) => text ?? attachment?.eventType),
    statuses: (actor) =>
      b
        .told(actor, "chatRoomStatus")
        .flatMap((payload) => (payload.case === "chatRoomStatus" ? payload.value.status : [])),
    kicks: (actor) =>
      b
        .told(actor, "chatRoomKicked")
        .flatMap((payload) => (payload.case === "chatRoomKicked" ? payload.value.reason : [])),
  };
  return backend;
}

/** What the tests set about members. */
export const marks = {
  blacklist: (b: TestBackend, by: Actor, userId: string, isAdd: boolean) =>
    b.execute("chatRoom.addUserToBlackList", { roomId: ROOM, userId, isAdd }, by),
  mute: (b: TestBackend, by: Actor, userId: string, isMute: boolean) =>
    b.execute("chatRoom.muteUser", { roomId: ROOM, userId, isMute }, by),
  admin: (b: TestBackend, by: Actor, userId: string, isAdmin: boolean) =>
    b.execute("chatRoom.setAdmin", { roomId: ROOM, userId, isAdmin }, by),
  normal: (b: TestBackend, by: Actor, userId: string, isNormal: boolean) =>
    b.execute("chatRoom.setNormal", { roomId: ROOM, userId, isNormal }, by),
} as const;

/** Puts somebody out of the room. */
export const kickOut = (b: TestBackend, by: Actor, userId: string, reason?: string): unknown =>
  b.execute("chatRoom.kickMemberFromChatRoom", { roomId: ROOM, userId, ...(reason !== undefined && { reason }) }, by);
