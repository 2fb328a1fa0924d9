import { applyLoggedIn, applySessionEnded } from "./auth/apply.ts";
import { applyDelivered, applyStreamClosed, applyStreamOpened } from "./event/apply.ts";
import {
  applyBefriended,
  applyFriendRequestClosed,
  applyFriendRequested,
  applySystemMessageStored,
  applyUnfriended,
} from "./friend/apply.ts";
import type { JournalEvent, JournalEventOf } from "./journal.ts";
import { applyMessageRevoked, applyMessageStored, applyReceiptMoved } from "./message/apply.ts";
import { applyPolicyChanged, applyReset, applyRestored, applySeeded } from "./seed/apply.ts";
import { applyHistorySynced, applyOverlayMarked } from "./session/apply.ts";
import { applyTimerCleared, applyTimerSet } from "./timeline.ts";
import { applyBlacklistChanged, applyMuteListChanged, applyProfileChanged } from "./user/apply.ts";
import type { World } from "./world.ts";

type Appliers = { readonly [T in JournalEvent["type"]]: (world: World, event: JournalEventOf<T>) => void };

const appliers: Appliers = {
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
  blacklistChanged: applyBlacklistChanged,
  muteListChanged: applyMuteListChanged,
  friendRequested: applyFriendRequested,
  friendRequestClosed: applyFriendRequestClosed,
  befriended: applyBefriended,
  unfriended: applyUnfriended,
  systemMessageStored: applySystemMessageStored,
};

/** The only code that changes the world: folds one journal event into it. */
export function apply(world: World, event: JournalEvent): void {
  applyOne(world, event.type, event);
}

function applyOne<T extends JournalEvent["type"]>(world: World, type: T, event: JournalEvent): void {
  const applier: (world: World, event: JournalEventOf<T>) => void = appliers[type];
  applier(world, event as JournalEventOf<T>);
}
