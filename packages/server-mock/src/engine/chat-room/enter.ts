import {
  ChatRoomEventType,
  ChatRoomKickReason,
  ChatRoomMemberType,
  ChatRoomStatus,
  ErrorCode,
} from "@nimkit/sdk/protocol/enums";
import type { EnterChatRoomCommand, EnterChatRoomReply } from "../../gen/commands.ts";
import type { CallContext } from "../decide-table.ts";
import type { Env } from "../env.ts";
import { createDraft, type Draft } from "../event/draft.ts";
import { MAX_ROOM_MEMBER_EXT, MAX_ROOM_NOTIFY_EXT } from "../limits.ts";
import { jsonRefusal } from "../message/user-json.ts";
import { accept, type Decision, refuse } from "../outcome.ts";
import type { World } from "../world.ts";
import { memberData, roomData } from "./member-data.ts";
import { announce } from "./notice.ts";
import { isInside, onlineCount, type Room, type Visit } from "./room.ts";
import { tellKicked, tellStatus } from "./tell.ts";

/** Takes the calling device into a room, or takes it in anew with what it gives now (behaviour.md B.12). */
export function decideEnter(
  world: World,
  command: EnterChatRoomCommand,
  { env, actor, account }: CallContext,
): Decision<EnterChatRoomReply> {
  const { roomId, nickname, avatarUrl, extension, notifyExtension } = command;
  const extCode = extension && jsonRefusal(extension, MAX_ROOM_MEMBER_EXT);
  if (extCode !== undefined) return refuse(extCode, "extension");
  const notifyCode = notifyExtension && jsonRefusal(notifyExtension, MAX_ROOM_NOTIFY_EXT);
  if (notifyCode !== undefined) return refuse(notifyCode, "notify_extension");

  const draft = createDraft(world, env);
  const status = (next: ChatRoomStatus): void => tellStatus(draft, account.id, actor.deviceId, roomId, next);
  status(ChatRoomStatus.ENTERING);
  const room = world.rooms.get(roomId);
  const refusal = enterRefusal(room, account.id);
  if (!room || refusal !== undefined) {
    status(ChatRoomStatus.ENTER_FAILED);
    return refuse(refusal ?? ErrorCode.NOT_FOUND, "room_id", draft.events);
  }

  const earlier = room.visits.get(account.id);
  if (earlier && earlier.deviceId !== actor.deviceId) {
    tellKicked(draft, account.id, earlier.deviceId, roomId, ChatRoomKickReason.OTHER_DEVICE);
  }
  const card = { nickname, avatarUrl, extension };
  const visit = takeIn(draft, world, env, room, account.id, { deviceId: actor.deviceId, card, notifyExtension });
  const count = onlineCount(room) + (isInside(earlier) ? 0 : 1);
  return accept({ room: roomData(room, count), member: memberData(world, room, account.id, visit) }, draft.events);
}

/** Why an account may not enter a room, in the order of the schema. */
export function enterRefusal(room: Room | undefined, account: string): ErrorCode | undefined {
  if (!room) return ErrorCode.NOT_FOUND;
  const member = room.members.get(account);
  const isGuest = (member?.identity ?? ChatRoomMemberType.GUEST) === ChatRoomMemberType.GUEST;
  if (room.membersOnly && isGuest) return ErrorCode.FORBIDDEN;
  if (room.closed) return ErrorCode.CHAT_ROOM_CLOSED;
  return member?.blacklisted ? ErrorCode.CHAT_ROOM_BLACKLISTED : undefined;
}

/** Puts a device into a room, tells it so, and tells the others. */
export function takeIn(
  draft: Draft,
  world: World,
  env: Env,
  room: Room,
  account: string,
  stay: Pick<Visit, "deviceId" | "card" | "notifyExtension">,
): Visit {
  const { roomId, memberTime } = room;
  const { deviceId, notifyExtension } = stay;
  const visit: Visit = { ...stay, enterTime: Math.max(env.now(), memberTime + 1), link: "open" };
  draft.emit({ type: "roomEntered", roomId, account, visit });
  tellStatus(draft, account, deviceId, roomId, ChatRoomStatus.ENTERED);
  announce(draft, world, env, room, {
    eventType: ChatRoomEventType.ENTER,
    operator: account,
    targets: [account],
    ...(notifyExtension && { more: { notifyExtension } }),
    without: account,
    newcomer: visit,
  });
  return visit;
}
