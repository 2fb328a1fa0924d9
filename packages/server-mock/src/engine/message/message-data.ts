import type { EventData, MessageData } from "../../gen/commands.ts";
import { localPaths } from "../attachment/local-path.ts";
import type { Conversation, Device, StoredMessage } from "../world.ts";
import { sessionIdFor } from "./conversation.ts";

/**
 * A message as one reader sees it. A revoked one has lost its content. Which files are at hand is the device's affair:
 * without one it is as on a device that has fetched nothing yet.
 */
export function messageData(
  conversation: Conversation,
  message: StoredMessage,
  reader: string,
  device?: Device,
): MessageData {
  const base = {
    messageId: message.messageId,
    messageType: message.type,
    from: message.from,
    timestamp: message.timestamp,
    sessionId: sessionIdFor(conversation, reader),
    sessionType: conversation.type,
    serverId: message.serverId,
    ...message.content,
    ...localPaths(conversation, message, device),
  };
  return message.seq === undefined ? { ...base, isInBlackList: true } : { ...base, seq: message.seq };
}

/** Tells the sending device that a message is about to leave it. */
export function sendingEvent(conversation: Conversation, message: StoredMessage, reader: string): EventData {
  const { messageId, messageType, sessionId, sessionType, text } = messageData(conversation, message, reader);
  const value = { messageId, messageType, sessionId, sessionType };
  return { payload: { case: "messageSending", value: text === undefined ? value : { ...value, content: text } } };
}
