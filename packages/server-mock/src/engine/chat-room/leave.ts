import { ChatRoomEventType, ChatRoomKickReason, ErrorCode } from "@nimkit/sdk/protocol/enums";
import type {
  ExitChatRoomCommand,
  ExitChatRoomReply,
  KickMemberFromChatRoomCommand,
  KickMemberFromChatRoomReply,
} from "../../gen/commands.ts";
import { canonicalAccount } from "../account-id.ts";
import type { CallContext } from "../decide-table.ts";
import type { Env } from "../env.ts";
import { createDraft, type Draft } from "../event/draft.ts";
import { accept, type Decision, refuse } from "../outcome.ts";
import type { World } from "../world.ts";
import { mayManage } from "./member-types.ts";
import { announce } from "./notice.ts";
import { isInside, type Room } from "./room.ts";
import { tellKicked } from "./tell.ts";

/** Why a device may do nothing in a room: 404 without the room, 13002 when the device is not inside. */
export function insideRefusal(world: World, roomId: string, account: string, deviceId: string): ErrorCode | undefined {
  const room = world.rooms.get(roomId);
  if (!room) return ErrorCode.NOT_FOUND;
  return visitOf(room, account, deviceId) ? undefined : ErrorCode.CHAT_ROOM_CLOSED;
}

function visitOf(room: Room, account: string, deviceId: string) {
  const visit = room.visits.get(account);
  return isInside(visit) && visit.deviceId === deviceId ? visit : undefined;
}

/** Ends an account's stay and tells the others, unless they have been told before that it went. */
export function leave(draft: Draft, world: World, env: Env, room: Room, account: string): void {
  const visit = room.visits.get(account);
  if (!visit) return;
  draft.emit({ type: "roomLeft", roomId: room.roomId, account });
  if (isInside(visit)) announceExit(draft, world, env, room, account);
}

/** Tells the others that somebody is gone. */
export function announceExit(draft: Draft, world: World, env: Env, room: Room, account: string): void {
  const notice = { eventType: ChatRoomEventType.EXIT, operator: account, targets: [account], without: account };
  announce(draft, world, env, room, notice);
}

/** Takes the calling device out of a room. One that is not inside has nothing to do, as on Android (behaviour.md B.12). */
export function decideExit(
  world: World,
  { roomId }: ExitChatRoomCommand,
  { env, actor, account }: CallContext,
): Decision<ExitChatRoomReply> {
  const room = world.rooms.get(roomId);
  if (!room) return refuse(ErrorCode.NOT_FOUND, "room_id");
  const draft = createDraft(world, env);
  if (room.visits.get(account.id)?.deviceId === actor.deviceId) leave(draft, world, env, room, account.id);
  return accept({}, draft.events);
}

/** Puts a member out, who may come back (behaviour.md B.12). */
export function decideKickMember(
  world: World,
  { roomId, userId, reason }: KickMemberFromChatRoomCommand,
  { env, actor, account }: CallContext,
): Decision<KickMemberFromChatRoomReply> {
  const room = world.rooms.get(roomId);
  if (!room) return refuse(ErrorCode.NOT_FOUND, "room_id");
  const target = canonicalAccount(userId);
  if (!isInside(room.visits.get(target))) return refuse(ErrorCode.NOT_FOUND, "user_id");
  if (!visitOf(room, account.id, actor.deviceId)) return refuse(ErrorCode.CHAT_ROOM_CLOSED, "room_id");
  if (!mayManage(room, account.id, target)) return refuse(ErrorCode.FORBIDDEN);
  const draft = createDraft(world, env);
  putOut(draft, room, target, ChatRoomKickReason.MANAGER);
  announce(draft, world, env, room, {
    eventType: ChatRoomEventType.KICK,
    operator: account.id,
    targets: [target],
    ...(reason && { more: { reason } }),
    without: target,
  });
  return accept({}, draft.events);
}

/** Ends an account's stay against its will: the device is told and need not exit. The caller tells the others. */
export function putOut(draft: Draft, room: Room, account: string, reason: ChatRoomKickReason): void {
  const visit = room.visits.get(account);
  if (!visit) return;
  draft.emit({ type: "roomLeft", roomId: room.roomId, account });
  tellKicked(draft, account, visit.deviceId, room.roomId, reason);
}
