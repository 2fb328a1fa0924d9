import { ErrorCode, SessionType } from "@nimkit/sdk/protocol/enums";
import type { SendMessageReceiptCommand, SendMessageReceiptReply } from "../../gen/commands.ts";
import type { CallContext } from "../decide-table.ts";
import { createDraft } from "../event/draft.ts";
import { accept, type Decision, refuse } from "../outcome.ts";
import type { World } from "../world.ts";
import { conversationKey, findMessage, sessionIdFor } from "./conversation.ts";

/** A receipt is a watermark by time: an older or repeated one succeeds and changes nothing (behaviour.md B.6). */
export function decideReceipt(
  world: World,
  command: SendMessageReceiptCommand,
  { env, account }: CallContext,
): Decision<SendMessageReceiptReply> {
  if (command.sessionType !== SessionType.P2P) return refuse(ErrorCode.BAD_PARAMETER, "session_type");
  const key = command.sessionId ? conversationKey(account.id, command.sessionId, SessionType.P2P) : undefined;
  const found = findMessage(world, account, command.messageId, key);
  if (!found || found.message.revokedBy !== undefined) return refuse(ErrorCode.NOT_FOUND, "message_id");
  const { conversation, message, view } = found;
  if (conversation.type !== SessionType.P2P || message.from === account.id) {
    return refuse(ErrorCode.BAD_PARAMETER, "message_id");
  }
  if (message.timestamp <= view.receiptTime) return accept({});

  const draft = createDraft(world, env);
  draft.emit({ type: "receiptMoved", account: account.id, key: conversation.key, time: message.timestamp });
  // A peer on the reader's blacklist learns nothing (behaviour.md B.6).
  if (!account.blacklist.has(message.from)) {
    const { messageId, timestamp } = message;
    const sessionId = sessionIdFor(conversation, message.from);
    const value = { timestamp, messageId, sessionId, sessionType: SessionType.P2P };
    draft.deliver(message.from, { payload: { case: "messageReceipt", value } });
  }
  return accept({}, draft.events);
}
