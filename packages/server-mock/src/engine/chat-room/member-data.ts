import type { ChatRoomData, ChatRoomMemberData } from "../../gen/commands.ts";
import type { World } from "../world.ts";
import { isMemberMuted, memberTypeOf } from "./member-types.ts";
import { isInside, type Room, type RoomCard, type Visit } from "./room.ts";

/** What an account shows in a room: what it gave for this stay, what is saved there, and its profile. */
function cardOf(world: World, room: Room, account: string, visit: Visit | undefined): RoomCard {
  const given = visit?.card;
  const saved = room.saved.get(account);
  const profile = world.accounts.get(account)?.profile;
  return {
    nickname: given?.nickname || saved?.nickname || profile?.nickname,
    avatarUrl: given?.avatarUrl || saved?.avatarUrl || profile?.avatarUrl,
    extension: given?.extension ?? saved?.extension,
  };
}

/** The name that an account shows in a room; empty when it has none. */
export function nicknameOf(world: World, room: Room, account: string, visit: Visit | undefined): string {
  return cardOf(world, room, account, visit).nickname ?? "";
}

/** A member as everybody sees it. */
export function memberData(
  world: World,
  room: Room,
  account: string,
  visit: Visit | undefined = room.visits.get(account),
): ChatRoomMemberData {
  const member = room.members.get(account);
  const present = isInside(visit) ? visit : undefined;
  const { nickname, avatarUrl, extension } = cardOf(world, room, account, present);
  const enterTime = present?.enterTime ?? member?.enterTime;
  return {
    userId: account,
    ...(nickname === undefined ? {} : { nickname }),
    ...(avatarUrl === undefined ? {} : { avatarUrl }),
    ...(extension === undefined ? {} : { extension }),
    ...(enterTime === undefined ? {} : { enterTime }),
    ...(member === undefined ? {} : { updateTime: member.updateTime }),
    roomId: room.roomId,
    isInBlackList: member?.blacklisted === true,
    isMuted: isMemberMuted(room, account),
    isOnline: present !== undefined,
    isValid: true,
    memberType: memberTypeOf(room, account),
  };
}

/** A room as everybody sees it. */
export function roomData(room: Room, onlineUserCount: number): ChatRoomData {
  const { roomId, name, creator, announcement, broadcastUrl, extension, closed, muted } = room;
  return {
    roomId,
    name,
    creator,
    ...(announcement === undefined ? {} : { announcement }),
    onlineUserCount,
    ...(broadcastUrl === undefined ? {} : { broadcastUrl }),
    ...(extension === undefined ? {} : { extension }),
    closed,
    muted,
  };
}
