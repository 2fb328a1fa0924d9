import { stretchesOf } from "../message/conversation.ts";
import type { AccountView, Conversation, Device, Overlay, StoredMessage } from "../world.ts";

const untouched: Readonly<Overlay> = { readTime: 0, clearedTime: 0, hiddenTime: 0, restored: new Set<number>() };

/** What a device did to a conversation; nothing by default. */
export function overlayOf(device: Device | undefined, key: string): Readonly<Overlay> {
  return device?.overlays.get(key) ?? untouched;
}

/** Whether the device still has the message: not deleted there, or fetched again, and not revoked. */
export function isOnDevice(overlay: Readonly<Overlay>, message: StoredMessage): boolean {
  if (message.revokedBy !== undefined) return false;
  return message.timestamp > overlay.clearedTime || overlay.restored.has(message.timestamp);
}

/** Time of the newest message that the account may see, revoked ones too; 0 when there was none. */
export function lastActivity(conversation: Conversation, view: AccountView): number {
  const newest = stretchesOf(conversation, view).find(({ joinedSeq, leftSeq }) => leftSeq > joinedSeq);
  const shared = newest && conversation.messages[newest.leftSeq - 1];
  return Math.max(shared?.timestamp ?? 0, view.refused.at(-1)?.timestamp ?? 0);
}
