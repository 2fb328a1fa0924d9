import type { AllRecentSessionReply, RecentSessionData } from "../../gen/commands.ts";
import type { CallContext } from "../decide-table.ts";
import { isInView, sessionIdFor } from "../message/conversation.ts";
import { messageData } from "../message/message-data.ts";
import { newestFirst } from "../message/timeline.ts";
import { accept, type Decision } from "../outcome.ts";
import type { AccountView, Conversation, Overlay, StoredMessage, World } from "../world.ts";
import { isOnDevice, lastActivity, overlayOf } from "./overlay.ts";
import { unreadCount } from "./unread.ts";

/** The device's list of sessions, newest message first; one whose history was cleared stands last (behaviour.md B.2). */
export function decideRecentSessions(world: World, { actor, account }: CallContext): Decision<AllRecentSessionReply> {
  const device = account.devices.get(actor.deviceId);
  const rows: { readonly session: RecentSessionData; readonly last: StoredMessage | undefined }[] = [];
  for (const [key, view] of account.views) {
    const conversation = world.conversations.get(key);
    const overlay = overlayOf(device, key);
    if (!conversation || lastActivity(conversation, view) <= overlay.hiddenTime) continue;
    const last = lastOnDevice(conversation, view, overlay);
    const session = {
      sessionId: sessionIdFor(conversation, account.id),
      sessionType: conversation.type,
      unreadCount: unreadCount(conversation, view, overlay, account.id, !world.policy.revokeDecrementsUnread),
    };
    const shown = last && {
      lastMessage: messageData(conversation, last, account.id, device),
      timestamp: last.timestamp,
    };
    rows.push({ session: { ...session, ...shown }, last });
  }
  // Times of different sessions may be equal; the entry that stored the message then decides.
  rows.sort(
    ({ last: a }, { last: b }) => (b?.timestamp ?? 0) - (a?.timestamp ?? 0) || (b?.index ?? 0) - (a?.index ?? 0),
  );
  return accept({ sessions: rows.map(({ session }) => session) });
}

function lastOnDevice(
  conversation: Conversation,
  view: AccountView,
  overlay: Readonly<Overlay>,
): StoredMessage | undefined {
  for (const message of newestFirst(conversation, view, Number.POSITIVE_INFINITY)) {
    if (isInView(view, message) && isOnDevice(overlay, message)) return message;
    // Below the cleared mark only a synced message can be left.
    if (message.timestamp <= overlay.clearedTime && overlay.restored.size === 0) return undefined;
  }
  return undefined;
}
