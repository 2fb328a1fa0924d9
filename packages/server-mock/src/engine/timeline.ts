import type { Env } from "./env.ts";
import type { JournalEvent, JournalEventOf } from "./journal.ts";
import { decideTimer } from "./timers.ts";
import type { Timer, World } from "./world.ts";

const isBefore = (a: Pick<Timer, "due" | "key">, b: Pick<Timer, "due" | "key">): boolean =>
  a.due < b.due || (a.due === b.due && a.key < b.key);

/** Index at which a timer stands or would stand. */
function positionOf(timeline: readonly Timer[], timer: Pick<Timer, "due" | "key">): number {
  let low = 0;
  let high = timeline.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const found = timeline[middle];
    if (found && isBefore(found, timer)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** When the next timer falls due; undefined when there is none. */
export function nextDue(world: World): number | undefined {
  return world.timeline[0]?.due;
}

/** What the first timer does if it is due: its removal and its effect. Empty when nothing is due. */
export function decideDue(world: World, env: Env): readonly JournalEvent[] {
  const timer = world.timeline[0];
  if (!timer || timer.due > env.now()) return [];
  const cleared = { type: "timerCleared", due: timer.due, key: timer.key } as const;
  return [cleared, ...decideTimer(world, env, timer.action)];
}

/** Adds a timer, or replaces the one of the same time and key. */
export function applyTimerSet(world: World, event: JournalEventOf<"timerSet">): void {
  const position = positionOf(world.timeline, event.timer);
  const found = world.timeline[position];
  const same = found?.due === event.timer.due && found.key === event.timer.key;
  world.timeline.splice(position, same ? 1 : 0, event.timer);
}

/** Removes a timer; one that is gone is gone. */
export function applyTimerCleared(world: World, event: JournalEventOf<"timerCleared">): void {
  const position = positionOf(world.timeline, event);
  const found = world.timeline[position];
  if (found?.due === event.due && found.key === event.key) world.timeline.splice(position, 1);
}
