import type { Appliers, JournalEventOf } from "../journal.ts";
import { addHome, countSend } from "../message/apply.ts";
import type { World } from "../world.ts";
import type { ChatRoomEvent } from "./journal.ts";
import type { Room } from "./room.ts";

/** A room that an event names. An event about an unknown room is a defect of the engine. */
function roomOf(world: World, roomId: string): Room {
  const room = world.rooms.get(roomId);
  if (!room) throw new Error(`journal names an unknown chat room ${roomId}`);
  return room;
}

/** Folds facts about chat rooms into the world. */
export const chatRoomAppliers: Appliers<ChatRoomEvent> = {
  roomEntered(world, { roomId, account, visit }) {
    const room = roomOf(world, roomId);
    room.visits.set(account, visit);
    room.memberTime = Math.max(room.memberTime, visit.enterTime);
    const member = room.members.get(account);
    if (member) room.members.set(account, { ...member, enterTime: visit.enterTime });
  },
  roomLeft(world, { roomId, account }) {
    roomOf(world, roomId).visits.delete(account);
  },
  roomLinkChanged(world, { roomId, account, link, keptUntil }) {
    const { visits } = roomOf(world, roomId);
    const visit = visits.get(account);
    if (visit) visits.set(account, { ...visit, link, keptUntil });
  },
  roomMemberChanged(world, { roomId, account, member, time }) {
    const room = roomOf(world, roomId);
    room.memberTime = Math.max(room.memberTime, time);
    if (member) room.members.set(account, member);
    else room.members.delete(account);
  },
  roomTempMuteChanged(world, { roomId, account, until }) {
    const { tempMutes } = roomOf(world, roomId);
    if (until === undefined) tempMutes.delete(account);
    else tempMutes.set(account, until);
  },
  roomClosed(world, { roomId, closed }) {
    const room = roomOf(world, roomId);
    room.closed = closed;
    if (closed) room.visits.clear();
  },
  roomMuted(world, { roomId, muted }) {
    roomOf(world, roomId).muted = muted;
  },
  roomInfoChanged(world, { roomId, change }) {
    Object.assign(roomOf(world, roomId), change);
  },
  roomMessageStored: applyRoomMessageStored,
};

/** Adds a message to a room's log. */
export function applyRoomMessageStored(world: World, event: JournalEventOf<"roomMessageStored">): void {
  const { chat } = roomOf(world, event.roomId);
  const { message, minute } = event;
  chat.lastTime = message.timestamp;
  chat.messages.push(message);
  chat.byId.set(message.messageId, chat.messages.length);
  addHome(world, message.messageId, chat.key);
  if (minute !== undefined) countSend(world, message.from, minute);
}
