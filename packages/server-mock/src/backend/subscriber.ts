import type { EndReason } from "@nimkit/sdk/protocol/enums";
import { EndReason as Reason } from "@nimkit/sdk/protocol/enums";
import type { DeliveryData, EventData, RelationsData } from "../gen/commands.ts";

/** What waits in a stream's queue. */
export type QueuedFrame =
  | { readonly case: "event"; readonly value: DeliveryData }
  | { readonly case: "relations"; readonly value: RelationsData };

/** How a stream ends: with a reason that the client is told, or cut like a lost connection. */
export type Ending = EndReason | "cut";

/** What a reader gets: a frame, the end, or nothing for so long that a heartbeat is due. */
export type Taken = { readonly frame: QueuedFrame } | { readonly ending: Ending } | undefined;

/** Frames that may wait. Source: reliability.md B1. */
export const MAX_QUEUED_FRAMES = 10_000;
/** Bytes that may wait, roughly counted. Source: reliability.md B1. */
export const MAX_QUEUED_BYTES = 1024 * 1024;

/** One stream's bounded queue between the commits of the world and a reader that may be slow. */
export interface Subscriber {
  /** Adds a frame. A full queue ends the stream: the client resumes from its cursor. */
  push(frame: QueuedFrame): void;
  /** Ends the stream. What waits is dropped, except before a kick or a logout, which explain themselves. */
  end(ending: Ending): void;
  /** The next frame, at once or later; undefined after `wake` was called. One reader at a time. */
  take(): Taken | Promise<Taken>;
  /** Makes a waiting `take` give undefined. */
  wake(): void;
}

/** Creates an empty queue. */
export function createSubscriber(): Subscriber {
  let queue: QueuedFrame[] = [];
  let head = 0;
  let bytes = 0;
  let ending: Ending | undefined;
  let waiting: ((taken: Taken) => void) | undefined;

  const hand = (taken: Taken): boolean => {
    const resolve = waiting;
    waiting = undefined;
    resolve?.(taken);
    return resolve !== undefined;
  };
  const clear = (): void => {
    queue = [];
    head = 0;
    bytes = 0;
  };
  return {
    push(frame) {
      if (ending !== undefined || hand({ frame })) return;
      bytes += frameBytes(frame);
      queue.push(frame);
      if (queue.length - head <= MAX_QUEUED_FRAMES && bytes <= MAX_QUEUED_BYTES) return;
      ending = Reason.SLOW_CONSUMER;
      clear();
    },
    end(how) {
      if (ending !== undefined) return;
      ending = how;
      if (how !== Reason.KICKED && how !== Reason.LOGGED_OUT) clear();
      if (head === queue.length) hand({ ending: how });
    },
    take() {
      const frame = queue[head];
      if (frame) {
        head++;
        bytes -= frameBytes(frame);
        if (head === queue.length) clear();
        return { frame };
      }
      if (ending !== undefined) return { ending };
      return new Promise<Taken>((resolve) => {
        waiting = resolve;
      });
    },
    wake() {
      hand(undefined);
    },
  };
}

const sizes = new WeakMap<EventData, number>();

/** Rough size of a frame. Counted once for an event, however many streams it goes to. */
function frameBytes(frame: QueuedFrame): number {
  if (frame.case === "relations") return sizeOf(frame.value);
  const { event } = frame.value;
  const known = sizes.get(event);
  if (known !== undefined) return known;
  const size = sizeOf(event);
  sizes.set(event, size);
  return size;
}

function sizeOf(value: unknown): number {
  if (typeof value === "string") return value.length + 2;
  if (value === null || typeof value !== "object") return 8;
  let size = 2;
  for (const [key, item] of Object.entries(value)) size += key.length + 3 + sizeOf(item);
  return size;
}
