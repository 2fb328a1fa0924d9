import { ChatRoomMemberType, ErrorCode } from "@nimkit/sdk/protocol/enums";
import type { FixedMember, Room } from "./room.ts";

const { CREATOR, GUEST, LIMITED, MANAGER } = ChatRoomMemberType;

/** Who an account is in a room: everybody whom the room does not know is a guest (behaviour.md B.12). */
export function memberTypeOf(room: Room, account: string): ChatRoomMemberType {
  const member = room.members.get(account);
  if (!member) return GUEST;
  return member.muted || member.blacklisted ? LIMITED : member.identity;
}

/** Whether the account is the creator or a manager who is neither muted nor blacklisted. */
export function isRoomAuthority(room: Room, account: string): boolean {
  const type = memberTypeOf(room, account);
  return type === CREATOR || type === MANAGER;
}

/** Whether one member may change another: nobody the creator, and managers only members below them (behaviour.md B.12). */
export function mayManage(room: Room, actor: string, target: string): boolean {
  const identity = room.members.get(target)?.identity ?? GUEST;
  if (identity === CREATOR) return false;
  const type = memberTypeOf(room, actor);
  return type === CREATOR || (type === MANAGER && identity !== MANAGER);
}

/** Whether the account may not send because of itself, until further notice or for a time. */
export function isMemberMuted(room: Room, account: string): boolean {
  return room.members.get(account)?.muted === true || room.tempMutes.has(account);
}

/** Why a member inside may not send: 13004 for a muted member, 13006 in a muted room, which spares its managers. */
export function speakRefusal(room: Room, account: string): ErrorCode | undefined {
  if (isMemberMuted(room, account)) return ErrorCode.CHAT_ROOM_MEMBER_MUTED;
  return room.muted && !isRoomAuthority(room, account) ? ErrorCode.CHAT_ROOM_MUTED : undefined;
}

/** A member's record after a change; undefined when nothing holds the account in the room any more. */
export function settled(member: FixedMember): FixedMember | undefined {
  return member.identity === GUEST && !member.muted && !member.blacklisted ? undefined : member;
}
