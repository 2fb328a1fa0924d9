import type { EventData } from "../../gen/commands.ts";
import type { Env } from "../env.ts";
import type { JournalEvent } from "../journal.ts";
import type { World } from "../world.ts";
import { hasFeed, offsetBeforeNext } from "./feed.ts";

/** The events of a decision in the making. It numbers deliveries, so that several to one device stay contiguous. */
export interface Draft {
  readonly events: JournalEvent[];
  /** Adds an event that is no delivery. */
  emit(event: JournalEvent): void;
  /** Tells every device of the account that has a feed, except one. */
  deliver(account: string, event: EventData, exceptDeviceId?: string): void;
  /** Tells one device, which is logged in or about to be by an event of this draft. */
  deliverTo(account: string, deviceId: string, event: EventData): void;
}

/** Starts a draft. */
export function createDraft(world: World, env: Env): Draft {
  const events: JournalEvent[] = [];
  const offsets = new Map<string, Map<string, number>>();
  const draft: Draft = {
    events,
    emit: (event) => {
      events.push(event);
    },
    deliver: (account, event, exceptDeviceId) => {
      for (const device of world.accounts.get(account)?.devices.values() ?? []) {
        if (hasFeed(device) && device.id !== exceptDeviceId) draft.deliverTo(account, device.id, event);
      }
    },
    deliverTo: (account, deviceId, event) => {
      const ofAccount = offsets.get(account) ?? new Map<string, number>();
      offsets.set(account, ofAccount);
      const known = world.accounts.get(account)?.devices.get(deviceId);
      const last = ofAccount.get(deviceId) ?? offsetBeforeNext(known);
      ofAccount.set(deviceId, last + 1);
      events.push({ type: "delivered", account, deviceId, offset: last + 1, time: env.now(), index: env.index, event });
    },
  };
  return draft;
}
