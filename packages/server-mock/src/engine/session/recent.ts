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
  const sessions: RecentSessionData[] = [];
  for (const [key, view] of account.views) {
    const conversation = world.conversations.get(key);
    const overlay = overlayOf(device, key);
    if (conversation && lastActivity(conversation, view) > overlay.hiddenTime) {
      sessions.push(sessionRow(world, conversation, view, overlay, account.id));
    }
  }
  sessions.sort((a, b) => (b.timestamp ?? 0) - (a.timestamp ?? 0) || (a.sessionId < b.sessionId ? -1 : 1));
  return accept({ sessions });
}

function sessionRow(
  world: World,
  conversation: Conversation,
  view: AccountView,
  overlay: Readonly<Overlay>,
  account: string,
): RecentSessionData {
  const row = {
    sessionId: sessionIdFor(conversation, account),
    sessionType: conversation.type,
    unreadCount: unreadCount(conversation, view, overlay, account, !world.policy.revokeDecrementsUnread),
  };
  const last = lastOnDevice(conversation, view, overlay);
  return last ? { ...row, lastMessage: messageData(conversation, last, account), timestamp: last.timestamp } : row;
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
