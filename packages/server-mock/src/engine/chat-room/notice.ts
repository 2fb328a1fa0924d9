import type { JsonObject } from "@bufbuild/protobuf";
import { type ChatRoomEventType, MessageType } from "@nimkit/sdk/protocol/enums";
import type { ChatRoomMessageData, ChatRoomNotificationData, EventData } from "../../gen/commands.ts";
import type { Env } from "../env.ts";
import type { Draft } from "../event/draft.ts";
import { messageData } from "../message/message-data.ts";
import type { Device, StoredMessage, World } from "../world.ts";
import { nicknameOf } from "./member-data.ts";
import type { Room, Visit } from "./room.ts";
import { tellInside } from "./tell.ts";

/** iOS's native number of a notification about a chat room. */
const CHAT_ROOM_NOTIFICATION = 3;

/** Something that happened in a room, told to those inside and kept in its history. */
export interface Notice {
  readonly eventType: ChatRoomEventType;
  readonly operator: string;
  readonly targets: readonly string[];
  readonly more?: Partial<Pick<ChatRoomNotificationData, "notifyExtension" | "reason" | "muteDuration" | "data">>;
  /** An account on its way in or out, which is not told. */
  readonly without?: string;
  /** The stay that begins with the notification: the operator's, whom the world does not know to be inside yet. */
  readonly newcomer?: Visit;
}

/**
 * Stores a notification and tells those inside. A decision makes at most one in a room: its place follows from the
 * world before.
 */
export function announce(draft: Draft, world: World, env: Env, room: Room, notice: Notice): void {
  const { eventType, operator, targets, more, without, newcomer } = notice;
  const nick = (account: string): string =>
    nicknameOf(world, room, account, account === operator && newcomer ? newcomer : room.visits.get(account));
  // The JSON of nim.v1.ChatRoomNotification.
  const attachment: JsonObject = {
    eventType,
    operator,
    targets: [...targets],
    operatorNickname: nick(operator),
    targetNicknames: targets.map(nick),
    ...more,
  };
  const message = nextMessage(env, room, env.id("message"), MessageType.NOTIFICATION, operator, { attachment });
  draft.emit({ type: "roomMessageStored", roomId: room.roomId, message });
  const told = messageEvent(room, message);
  tellInside(draft, room, told, without);
  if (newcomer && world.policy.roomTellsOwnEntry) draft.deliverTo(operator, newcomer.deviceId, told);
}

/** The message that comes next in a room. Its time is later than all before it. */
export function nextMessage(
  env: Env,
  { chat }: Room,
  messageId: string,
  type: MessageType,
  from: string,
  content: StoredMessage["content"],
): StoredMessage {
  return {
    seq: chat.messages.length + 1,
    messageId,
    serverId: env.serial(),
    type,
    from,
    timestamp: Math.max(env.now(), chat.lastTime + 1),
    index: env.index,
    counted: false,
    content,
  };
}

/** A room's message as its devices are told of it: the same for all. */
export function messageEvent({ chat }: Room, message: StoredMessage): EventData {
  return { payload: { case: "message", value: { messages: [messageData(chat, message, message.from)] } } };
}

/** A message of the history as a device has it; what a notification tells is read from its attachment. */
export function roomMessageData(
  { chat }: Room,
  stored: StoredMessage,
  device: Device | undefined,
): ChatRoomMessageData {
  const message = messageData(chat, stored, stored.from, device);
  if (stored.type !== MessageType.NOTIFICATION) return { message, targets: [] };
  const { eventType, targets } = stored.content.attachment ?? {};
  return {
    message,
    // Only `announce` writes notifications.
    eventType: Number(eventType) as ChatRoomEventType,
    operator: stored.from,
    targets: Array.isArray(targets) ? targets.map(String) : [],
    notificationType: CHAT_ROOM_NOTIFICATION,
  };
}
