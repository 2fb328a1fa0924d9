import { ChatRoomMemberQueryType, ErrorCode } from "@nimkit/sdk/protocol/enums";
import type {
  GetChatRoomHistoryMsgCommand,
  GetChatRoomHistoryMsgReply,
  GetChatRoomInfoCommand,
  GetChatRoomInfoReply,
  GetChatRoomMembersByIdsCommand,
  GetChatRoomMembersByIdsReply,
  GetChatRoomMembersCommand,
  GetChatRoomMembersReply,
} from "../../gen/commands.ts";
import { canonicalAccount } from "../account-id.ts";
import type { CallContext } from "../decide-table.ts";
import { MAX_ROOM_PAGE } from "../limits.ts";
import { firstFrom } from "../message/timeline.ts";
import { accept, type Decision, refuse } from "../outcome.ts";
import type { StoredMessage, World } from "../world.ts";
import { insideRefusal } from "./leave.ts";
import { memberData, roomData } from "./member-data.ts";
import { roomMessageData } from "./notice.ts";
import { isInside, onlineCount, type Room } from "./room.ts";

/** Reads something of a room for a device that is inside; others get 404 or 13002. */
function inside<R>(
  world: World,
  { roomId }: { readonly roomId: string },
  { actor, account }: CallContext,
  read: (room: Room) => Decision<R>,
): Decision<R> {
  const room = world.rooms.get(roomId);
  const refusal = insideRefusal(world, roomId, account.id, actor.deviceId);
  return !room || refusal !== undefined ? refuse(refusal ?? ErrorCode.NOT_FOUND, "room_id") : read(room);
}

const isPage = (limit: number): boolean => limit >= 1 && limit <= MAX_ROOM_PAGE;

/** A room's data and how many are inside. */
export function decideInfo(
  world: World,
  command: GetChatRoomInfoCommand,
  context: CallContext,
): Decision<GetChatRoomInfoReply> {
  return inside(world, command, context, (room) => accept({ room: roomData(room, onlineCount(room)) }));
}

/** A page of messages and notifications, newest first and all of them older than the anchor (behaviour.md B.5). */
export function decideHistory(
  world: World,
  command: GetChatRoomHistoryMsgCommand,
  context: CallContext,
): Decision<GetChatRoomHistoryMsgReply> {
  if (!isPage(command.limit)) return refuse(ErrorCode.BAD_PARAMETER, "limit");
  return inside(world, command, context, (room) => {
    const { roomHistoryAnchor, roomHistoryMs } = world.policy;
    const anchor = command.startTime === 0 ? Number.POSITIVE_INFINITY : command.startTime;
    const before = roomHistoryAnchor === "olderOrEqual" ? anchor + 1 : anchor;
    const oldest = context.env.now() - roomHistoryMs;
    const page: StoredMessage[] = [];
    for (let i = firstFrom(room.chat.messages, before) - 1; i >= 0 && page.length < command.limit; i--) {
      const message = room.chat.messages[i];
      if (!message || message.timestamp < oldest) break;
      page.push(message);
    }
    const device = context.account.devices.get(context.actor.deviceId);
    return accept({ messages: page.map((message) => roomMessageData(room, message, device)) });
  });
}

/**
 * A page of members, newest first: guests by enter time, fixed members by update time, all of them older than the
 * anchor. iOS has no such anchor in this call and always gets the first page (behaviour.md D.1).
 */
export function decideMembers(
  world: World,
  command: GetChatRoomMembersCommand,
  context: CallContext,
): Decision<GetChatRoomMembersReply> {
  if (!isPage(command.limit)) return refuse(ErrorCode.BAD_PARAMETER, "limit");
  return inside(world, command, context, (room) => {
    const anchored = command.time > 0 && context.actor.platform !== "ios";
    const before = anchored ? command.time : Number.POSITIVE_INFINITY;
    const found = [...listed(room, command.type)].filter(({ time }) => time < before);
    found.sort((a, b) => b.time - a.time);
    return accept({ members: found.slice(0, command.limit).map(({ account }) => memberData(world, room, account)) });
  });
}

function* listed(
  room: Room,
  type: ChatRoomMemberQueryType,
): Generator<{ readonly account: string; readonly time: number }> {
  if (type === ChatRoomMemberQueryType.TEMPORARY) {
    for (const [account, visit] of room.visits) {
      if (isInside(visit) && !room.members.has(account)) yield { account, time: visit.enterTime };
    }
    return;
  }
  const all = type === ChatRoomMemberQueryType.FIXED;
  for (const [account, { updateTime }] of room.members) {
    if (all || isInside(room.visits.get(account))) yield { account, time: updateTime };
  }
}

/** Given members, each once and in the order of the call; strangers and guests who are away are left out. */
export function decideMembersByIds(
  world: World,
  command: GetChatRoomMembersByIdsCommand,
  context: CallContext,
): Decision<GetChatRoomMembersByIdsReply> {
  return inside(world, command, context, (room) => {
    const accounts = [...new Set(command.userIds.map(canonicalAccount))];
    const known = accounts.filter((account) => room.members.has(account) || isInside(room.visits.get(account)));
    return accept({ members: known.map((account) => memberData(world, room, account)) });
  });
}
