import { FEED_WINDOW_EVENTS, FEED_WINDOW_MS } from "../limits.ts";
import type { Device, FeedItem } from "../world.ts";

/** Events that are dropped at a time. */
const TRIM_BATCH = FEED_WINDOW_EVENTS / 10;

/** Where a stream begins. */
export interface FeedStart {
  /** The last offset before the first event that follows. */
  readonly offset: number;
  /** Whether every missed event follows. */
  readonly recovered: boolean;
  /** The missed events, in order. */
  readonly missed: readonly FeedItem[];
}

/** Adds an event and drops what is outside the window: the larger of 10 minutes and 10,000 events (reliability.md P2). */
export function appendToFeed(device: Device, item: FeedItem): void {
  device.lastOffset = item.offset;
  device.feed.push(item);
  // In batches, because removing from the front moves the whole array.
  const newestOfBatch = device.feed[TRIM_BATCH - 1];
  if (device.feed.length < FEED_WINDOW_EVENTS + TRIM_BATCH || !newestOfBatch) return;
  if (newestOfBatch.time < item.time - FEED_WINDOW_MS) device.feed.splice(0, TRIM_BATCH);
}

/** Whether events go to the device's feed: a device whose token ran out logs in again and resumes. */
export function hasFeed(device: Device): boolean {
  return device.status === "live" || device.status === "expired";
}

/**
 * The offset before the next event. A device that was logged out missed an unknown number of events: its numbers skip
 * one at the next login, so that an old cursor leads to a reset and never to a silent gap.
 */
export function offsetBeforeNext(device: Device | undefined): number {
  if (!device) return 0;
  return hasFeed(device) ? device.lastOffset : device.lastOffset + 1;
}

/**
 * Where a stream of the device begins. Without a cursor: after what earlier streams were handed since the login.
 * With one: after it, if the window still holds what follows; otherwise now, and the app must read its data again.
 */
export function startOfFeed(device: Device, cursor: number | undefined): FeedStart {
  const from = cursor ?? device.freshFrom;
  const firstKept = device.lastOffset - device.feed.length + 1;
  if (!Number.isInteger(from) || from > device.lastOffset || from < firstKept - 1) {
    return { offset: device.lastOffset, recovered: false, missed: [] };
  }
  return { offset: from, recovered: true, missed: device.feed.slice(from - firstKept + 1) };
}
