import type { SessionType } from "@nimkit/sdk/protocol/enums";
import type { CallContext } from "../decide-table.ts";
import type { JournalEvent, OverlayMarks } from "../journal.ts";
import { conversationKey } from "../message/conversation.ts";
import { accept, type Decision } from "../outcome.ts";
import type { World } from "../world.ts";
import { lastActivity } from "./overlay.ts";

/** Names a session. */
export interface SessionRef {
  readonly sessionId: string;
  readonly sessionType: SessionType;
}

/** Sets marks at the newest message of a session. A session that does not exist is fine: there is nothing to mark. */
function mark(
  world: World,
  { actor, account }: CallContext,
  session: SessionRef,
  marks: (time: number) => OverlayMarks,
  everyDevice: boolean,
): Decision<object> {
  const key = conversationKey(account.id, session.sessionId, session.sessionType);
  const conversation = key === undefined ? undefined : world.conversations.get(key);
  const view = key === undefined ? undefined : account.views.get(key);
  if (key === undefined || !conversation || !view) return accept({});
  const time = lastActivity(conversation, view);
  const events: JournalEvent[] = [];
  for (const deviceId of everyDevice ? account.devices.keys() : [actor.deviceId]) {
    events.push({ type: "overlayMarked", account: account.id, deviceId, key, marks: marks(time) });
  }
  return accept({}, events);
}

/** Everything in the session is read: on this device, or on all if the policy syncs (behaviour.md B.2). */
export const markRead = (world: World, session: SessionRef, context: CallContext): Decision<object> =>
  mark(world, context, session, (readTime) => ({ readTime }), world.policy.unreadSync === "on");

/** The row goes, the messages stay; what was unread in it is no longer counted. */
export const hideRow = (world: World, session: SessionRef, context: CallContext): Decision<object> =>
  mark(world, context, session, (hiddenTime) => ({ hiddenTime }), false);

/** The messages go from this device, the row stays without a last message. */
export const clearHistory = (world: World, session: SessionRef, context: CallContext): Decision<object> =>
  mark(world, context, session, (clearedTime) => ({ clearedTime }), false);
