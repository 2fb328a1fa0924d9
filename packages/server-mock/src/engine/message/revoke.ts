import { ErrorCode, MessageType, SessionType } from "@nimkit/sdk/protocol/enums";
import type { RevokeMessageCommand, RevokeMessageReply } from "../../gen/commands.ts";
import type { CallContext } from "../decide-table.ts";
import { createDraft } from "../event/draft.ts";
import { accept, type Decision, refuse } from "../outcome.ts";
import { isTeamAuthority, memberRefusal } from "../team/membership.ts";
import type { Conversation, StoredMessage, World } from "../world.ts";
import { audienceOf, conversationKey, findMessage, fingerprintOf, isInView, sessionIdFor } from "./conversation.ts";
import { messageData } from "./message-data.ts";

/** Takes a message back everywhere. A second time it succeeds and tells nobody (behaviour.md B.6, reliability.md P7). */
export function decideRevoke(
  world: World,
  command: RevokeMessageCommand,
  { env, actor, account }: CallContext,
): Decision<RevokeMessageReply> {
  const key = command.sessionId ? conversationKey(account.id, command.sessionId, command.sessionType) : undefined;
  const found = findMessage(world, account, command.messageId, key);
  if (!found) return refuse(ErrorCode.NOT_FOUND, "message_id");
  const { conversation, message } = found;
  const refusal = rightsRefusal(world, conversation, message, account.id);
  if (refusal !== undefined) return refuse(refusal);
  if (message.revokedBy !== undefined || message.seq === undefined) return accept({});
  if (env.now() - message.timestamp > world.policy.revokeWindowMs) return refuse(ErrorCode.REVOKE_WINDOW_PASSED);

  const draft = createDraft(world, env);
  const fingerprint = fingerprintOf(conversation.key, message.type, message.content);
  draft.emit({ type: "messageRevoked", key: conversation.key, seq: message.seq, by: account.id, fingerprint });
  const gone: StoredMessage = { ...message, content: {}, revokedBy: account.id };
  for (const reader of audienceOf(world, conversation)) {
    const view = world.accounts.get(reader)?.views.get(conversation.key);
    if (!view || !isInView(view, message)) continue;
    const { messageId, timestamp } = message;
    const value = {
      message: messageData(conversation, gone, reader),
      fromUserId: account.id,
      messageId,
      sessionId: sessionIdFor(conversation, reader),
      sessionType: conversation.type,
      timestamp,
    };
    const except = reader === account.id ? actor.deviceId : undefined;
    draft.deliver(reader, { payload: { case: "messageRevoked", value } }, except);
  }
  return accept({}, draft.events);
}

function rightsRefusal(
  world: World,
  conversation: Conversation,
  message: StoredMessage,
  account: string,
): ErrorCode | undefined {
  const [first = "", second = first] = conversation.parties;
  if (conversation.type === SessionType.TEAM) {
    const refusal = memberRefusal(world, first, account);
    if (refusal !== undefined) return refusal;
  } else if (first === second || message.from !== account || message.seq === undefined) {
    // To oneself, another's, or refused by a blacklist: cannot be revoked.
    return ErrorCode.FORBIDDEN;
  }
  if (message.type === MessageType.NOTIFICATION) return ErrorCode.FORBIDDEN;
  if (message.from !== account && !isTeamAuthority(world, first, account)) return ErrorCode.TEAM_NO_PERMISSION;
  return undefined;
}
