import type { MessageData } from "../../gen/commands.ts";
import type { Draft } from "../event/draft.ts";
import { MESSAGES_PER_EVENT } from "../limits.ts";
import { planOf } from "../policy.ts";
import type { Account, AccountView, Conversation, StoredMessage, World } from "../world.ts";
import { isInView } from "./conversation.ts";
import { messageData } from "./message-data.ts";

/**
 * Hands a device that logs in what arrived while no device of the account was connected: messages, one event for each
 * session, then system messages. The plan says how many of them waited, and for how long.
 */
export function handOverMissed(world: World, draft: Draft, account: Account, deviceId: string, now: number): void {
  const plan = planOf(world.policy);
  const waiting: { readonly conversation: Conversation; readonly messages: readonly StoredMessage[] }[] = [];
  for (const [key, view] of account.views) {
    const conversation = world.conversations.get(key);
    if (!conversation) continue;
    let messages = missedMessages(conversation, view, account);
    if (plan.offlineMs > 0) messages = messages.filter((message) => message.timestamp > now - plan.offlineMs);
    if (plan.offlinePerSession > 0) messages = messages.slice(-plan.offlinePerSession);
    if (messages.length > 0) waiting.push({ conversation, messages });
  }
  waiting.sort((a, b) => (a.messages[0]?.index ?? 0) - (b.messages[0]?.index ?? 0));
  let left = plan.offlineTotal > 0 ? plan.offlineTotal : Number.POSITIVE_INFINITY;
  for (const { conversation, messages } of waiting) {
    const kept = messages.slice(0, left);
    left -= kept.length;
    for (let from = 0; from < kept.length; from += MESSAGES_PER_EVENT) {
      const chunk = kept.slice(from, from + MESSAGES_PER_EVENT);
      const value = { messages: chunk.map((message): MessageData => messageData(conversation, message, account.id)) };
      draft.deliverTo(account.id, deviceId, { payload: { case: "message", value } });
    }
  }
  for (const { index, message } of account.systemMessages) {
    if (index <= account.caughtUpTo) continue;
    draft.deliverTo(account.id, deviceId, { payload: { case: "systemMessage", value: { systemMessage: message } } });
  }
}

/** Others' messages since the account was last caught up, oldest first; revoked ones are gone. */
function missedMessages(conversation: Conversation, view: AccountView, account: Account): readonly StoredMessage[] {
  const missed: StoredMessage[] = [];
  for (let i = conversation.messages.length - 1; i >= 0; i--) {
    const message = conversation.messages[i];
    if (!message || message.index <= account.caughtUpTo) break;
    if (message.from !== account.id && message.revokedBy === undefined && isInView(view, message)) missed.push(message);
  }
  return missed.reverse();
}
