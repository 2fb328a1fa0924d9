import { SessionType } from "@nimkit/sdk/protocol/enums";
import { roomKey } from "../attachment/access.ts";
import { type FoundMessage, newView } from "../message/conversation.ts";
import type { Conversation, World } from "../world.ts";
import type { Room } from "./room.ts";

const PREFIX = roomKey("");

/** The log of a room, empty. It stands beside the conversations: no session, no unread count, nothing to revoke. */
export function newChat(roomId: string): Conversation {
  return {
    key: roomKey(roomId),
    type: SessionType.CHAT_ROOM,
    parties: [roomId],
    messages: [],
    byId: new Map(),
    lastTime: 0,
  };
}

/** The room of a log's key; undefined for the key of a P2P or team conversation. */
export function roomOfKey(world: World, key: string): Room | undefined {
  return key.startsWith(PREFIX) ? world.rooms.get(key.slice(PREFIX.length)) : undefined;
}

/** A message of a room, by the key of the room's log. */
export function findRoomMessage(world: World, key: string, messageId: string): FoundMessage | undefined {
  const chat = roomOfKey(world, key)?.chat;
  const message = chat?.messages[(chat.byId.get(messageId) ?? 0) - 1];
  return chat && message && { conversation: chat, view: newView(0), message };
}
