import type { Timers } from "../../src/index.ts";

/** A clock that only moves when told. */
export function createFakeTimers(): Timers & { advance(ms: number): void } {
  const pending = new Map<number, { readonly at: number; readonly callback: () => void }>();
  let now = 0;
  let ids = 0;
  return {
    now: () => now,
    setTimeout(callback, ms) {
      ids += 1;
      pending.set(ids, { at: now + ms, callback });
      return ids;
    },
    clearTimeout(handle) {
      if (typeof handle === "number") pending.delete(handle);
    },
    advance(ms) {
      const end = now + ms;
      for (;;) {
        const due = [...pending].filter(([, { at }]) => at <= end).sort(([, a], [, b]) => a.at - b.at)[0];
        if (due === undefined) break;
        const [id, { at, callback }] = due;
        pending.delete(id);
        now = Math.max(now, at);
        callback();
      }
      now = end;
    },
  };
}
