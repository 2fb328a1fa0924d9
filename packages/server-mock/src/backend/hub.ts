import { EndReason } from "@nimkit/sdk/protocol/enums";
import type { JournalEvent } from "../engine/journal.ts";
import type { SessionEnd } from "../engine/world.ts";
import { createSubscriber, type Ending, type Subscriber } from "./subscriber.ts";

/** The open streams, one for each device. */
export interface Hub {
  /** Opens a device's stream; an older one of the device ends as replaced. */
  open(account: string, deviceId: string): Subscriber;
  /** Forgets a stream, if it is still the device's own. */
  close(account: string, deviceId: string, subscriber: Subscriber): void;
  /** Hands what an entry caused to the open streams. */
  publish(events: readonly JournalEvent[]): void;
  /** Ends the streams of all, of an account, or of one device. */
  end(ending: Ending, account?: string, deviceId?: string): void;
  /** Count of open streams. */
  size(): number;
}

const END_REASONS: Readonly<Record<SessionEnd, EndReason>> = {
  loggedOut: EndReason.LOGGED_OUT,
  kicked: EndReason.KICKED,
  expired: EndReason.TOKEN_EXPIRED,
};

/** Creates a hub without streams. */
export function createHub(): Hub {
  const streams = new Map<string, Map<string, Subscriber>>();
  const end: Hub["end"] = (ending, account, deviceId) => {
    for (const [owner, ofAccount] of streams) {
      if (account !== undefined && owner !== account) continue;
      for (const [device, subscriber] of ofAccount) {
        if (deviceId === undefined || device === deviceId) subscriber.end(ending);
      }
    }
  };
  return {
    open(account, deviceId) {
      const ofAccount = streams.get(account) ?? new Map<string, Subscriber>();
      streams.set(account, ofAccount);
      ofAccount.get(deviceId)?.end(EndReason.REPLACED);
      const subscriber = createSubscriber();
      ofAccount.set(deviceId, subscriber);
      return subscriber;
    },
    close(account, deviceId, subscriber) {
      const ofAccount = streams.get(account);
      if (ofAccount?.get(deviceId) !== subscriber) return;
      ofAccount.delete(deviceId);
      if (ofAccount.size === 0) streams.delete(account);
    },
    publish(events) {
      for (const event of events) {
        if (event.type === "delivered") {
          const { offset, event: value } = event;
          streams
            .get(event.account)
            ?.get(event.deviceId)
            ?.push({ case: "event", value: { offset, event: value } });
        } else if (event.type === "relationsChanged") {
          for (const subscriber of streams.get(event.account)?.values() ?? []) {
            subscriber.push({ case: "relations", value: event.change });
          }
        } else if (event.type === "sessionEnded") {
          streams.get(event.account)?.get(event.deviceId)?.end(END_REASONS[event.end]);
        }
      }
    },
    end,
    size() {
      let count = 0;
      for (const ofAccount of streams.values()) count += ofAccount.size;
      return count;
    },
  };
}
