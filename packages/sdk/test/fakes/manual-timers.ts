import type { Timers } from "../../src/client/timers.ts";

/** Lets every promise that can settle do so. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** A clock that stands still until `advance`. */
export interface ManualTimers extends Timers {
  /** Moves the clock and fires what falls due, in order; promises settle in between. */
  advance(ms: number): Promise<void>;
  /** Waits that are pending, in ms from now. */
  pending(): number[];
}

export function createManualTimers(): ManualTimers {
  const due = new Map<number, { readonly at: number; readonly callback: () => void }>();
  let time = 0;
  let next = 1;
  return {
    setTimeout(callback, ms) {
      const id = next++;
      due.set(id, { at: time + ms, callback });
      return id;
    },
    clearTimeout(handle) {
      if (typeof handle === "number") due.delete(handle);
    },
    now: () => time,
    async advance(ms) {
      const end = time + ms;
      await settle();
      for (;;) {
        const [first] = [...due].filter(([, timer]) => timer.at <= end).sort(([, a], [, b]) => a.at - b.at);
        if (first === undefined) break;
        due.delete(first[0]);
        time = first[1].at;
        first[1].callback();
        await settle();
      }
      time = end;
    },
    pending: () => [...due.values()].map((timer) => timer.at - time).sort((a, b) => a - b),
  };
}
