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
  const lastSeq = Math.min(conversation.messages.length, view.leftSeq ?? Number.POSITIVE_INFINITY);
  let count = 0;
  for (let seq = lastSeq; seq > view.joinedSeq; seq--) {
    const message = conversation.messages[seq - 1];
    if (!message || message.timestamp <= mark) break;
    if (message.counted && message.from !== account && (revokedCount || message.revokedBy === undefined)) count++;
  }
  return count;
}
