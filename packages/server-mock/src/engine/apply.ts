import { attachmentAppliers } from "./attachment/apply.ts";
import { applyLoggedIn, applySessionEnded } from "./auth/apply.ts";
import { callAppliers } from "./call/apply.ts";
import { chatRoomAppliers } from "./chat-room/apply.ts";
import { deviceAppliers } from "./device/apply.ts";
import { applyDelivered, applyStreamClosed, applyStreamOpened } from "./event/apply.ts";
import { applyBefriended, applyFriendRequestClosed, applyFriendRequested, applyUnfriended } from "./friend/apply.ts";
import type { Appliers, BaseEvent, JournalEvent, JournalEventOf } from "./journal.ts";
import { applyMessageRevoked, applyMessageStored, applyReceiptMoved } from "./message/apply.ts";
import { applyPolicyChanged, applyReset, applyRestored, applySeeded } from "./seed/apply.ts";
import { applyHistorySynced, applyOverlayMarked } from "./session/apply.ts";
import { systemMessageAppliers } from "./system-message/apply.ts";
import { teamAppliers } from "./team/apply.ts";
import { applyTimerCleared, applyTimerSet } from "./timeline.ts";
import { applyBlacklistChanged, applyMuteListChanged, applyProfileChanged, applyProfilesSeen } from "./user/apply.ts";
import type { World } from "./world.ts";

const baseAppliers: Appliers<BaseEvent> = {
  worldReset: applyReset,
  worldRestored: applyRestored,
  policyChanged: applyPolicyChanged,
  seeded: applySeeded,
  loggedIn: applyLoggedIn,
  sessionEnded: applySessionEnded,
  streamOpened: applyStreamOpened,
  streamClosed: applyStreamClosed,
  delivered: applyDelivered,
  // The relations follow from friends and teams; this event only tells open streams.
  relationsChanged: () => {},
  timerSet: applyTimerSet,
  timerCleared: applyTimerCleared,
  messageStored: applyMessageStored,
  messageRevoked: applyMessageRevoked,
  receiptMoved: applyReceiptMoved,
  overlayMarked: applyOverlayMarked,
  historySynced: applyHistorySynced,
  profileChanged: applyProfileChanged,
  profilesSeen: applyProfilesSeen,
  blacklistChanged: applyBlacklistChanged,
  muteListChanged: applyMuteListChanged,
  friendRequested: applyFriendRequested,
  friendRequestClosed: applyFriendRequestClosed,
  befriended: applyBefriended,
  unfriended: applyUnfriended,
  progressed: () => {},
  progressEnded: () => {},
};

const appliers: Appliers<JournalEvent> = {
  ...baseAppliers,
  ...systemMessageAppliers,
  ...teamAppliers,
  ...chatRoomAppliers,
  ...callAppliers,
  ...deviceAppliers,
  ...attachmentAppliers,
};

/** The only code that changes the world: folds one journal event into it. */
export function apply(world: World, event: JournalEvent): void {
  applyOne(world, event.type, event);
}

function applyOne<T extends JournalEvent["type"]>(world: World, type: T, event: JournalEvent): void {
  const applier: (world: World, event: JournalEventOf<T>) => void = appliers[type];
  applier(world, event as JournalEventOf<T>);
}
