import { stretchesOf } from "../message/conversation.ts";
import type { AccountView, Conversation, Overlay } from "../world.ts";

/**
 * Received messages later than the device's marks that count (reliability.md P4). A revoked one keeps counting unless
 * the policy says otherwise, as on the native SDKs (behaviour.md B.2).
 */
export function unreadCount(
  conversation: Conversation,
  view: AccountView,
  overlay: Readonly<Overlay>,
  account: string,
  revokedCount: boolean,
): number {
  const mark = Math.max(overlay.readTime, overlay.clearedTime, overlay.hiddenTime);
  let count = 0;
  for (const { joinedSeq, leftSeq } of stretchesOf(conversation, view)) {
    for (let seq = leftSeq; seq > joinedSeq; seq--) {
      const message = conversation.messages[seq - 1];
      if (!message || message.timestamp <= mark) return count;
      if (message.counted && message.from !== account && (revokedCount || message.revokedBy === undefined)) count++;
    }
  }
  return count;
}
