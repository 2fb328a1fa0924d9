import type { MessageData } from "../../gen/commands.ts";
import type { Conversation, StoredMessage } from "../world.ts";
import { sessionIdFor } from "./conversation.ts";

/** A message as one reader sees it. A revoked one has lost its content. */
export function messageData(conversation: Conversation, message: StoredMessage, reader: string): MessageData {
  const base = {
    messageId: message.messageId,
    messageType: message.type,
    from: message.from,
    timestamp: message.timestamp,
    sessionId: sessionIdFor(conversation, reader),
    sessionType: conversation.type,
    serverId: message.serverId,
    ...message.content,
  };
  return message.seq === undefined ? { ...base, isInBlackList: true } : { ...base, seq: message.seq };
}
