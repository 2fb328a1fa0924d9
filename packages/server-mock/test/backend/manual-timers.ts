import type { Timers } from "../../src/backend/index.ts";

/** Timers that run when a test says so. */
export interface ManualTimers extends Timers {
  /** Moves time forward and calls back what is due, in order. */
  pass(ms: number): void;
  /** Count of timers that wait. */
  pending(): number;
  /** Milliseconds that have passed. */
  now(): number;
}

export function manualTimers(): ManualTimers {
  let time = 0;
  const waiting = new Map<symbol, { readonly at: number; readonly callback: () => void }>();
  return {
    after(ms, callback) {
      const key = Symbol();
      waiting.set(key, { at: time + ms, callback });
      return () => waiting.delete(key);
    },
    pass(ms) {
      const end = time + ms;
      for (;;) {
        const [next] = [...waiting].sort(([, a], [, b]) => a.at - b.at).filter(([, timer]) => timer.at <= end);
        if (!next) break;
        waiting.delete(next[0]);
        time = next[1].at;
        next[1].callback();
      }
      time = end;
    },
    pending: () => waiting.size,
    now: () => time,
  };
}
