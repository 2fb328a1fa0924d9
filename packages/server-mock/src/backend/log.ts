import { ENGINE_VERSION, type LogCommand, type LogEntry } from "../engine/entry.ts";
import { splitmix32 } from "../engine/env.ts";

/** Where the log lives. It gives each command its place, time and chance. */
export interface MockLog {
  /** Makes the next entry. `now` is milliseconds since 1970; the entry is never earlier than the one before. */
  append(command: LogCommand, now: number): LogEntry;
  /** The next entry comes after this index: a restored world may come from a longer log. */
  skipTo(index: number): void;
  /** The newest entries, oldest first: at most {@link LOG_TAIL}. */
  tail(): readonly LogEntry[];
}

/** Entries that the memory home keeps for looking at. */
export const LOG_TAIL = 10_000;

/** A log in memory. Same seed and same commands give the same entries. */
export function createMemoryLog(randomSeed: number): MockLog {
  let entries: LogEntry[] = [];
  let index = 0;
  let lastTime = 0;
  return {
    append(command, now) {
      index++;
      lastTime = Math.max(now, lastTime);
      const seed = splitmix32((randomSeed ^ Math.imul(index, 0x9e3779b9)) >>> 0);
      const entry: LogEntry = { index, engineVersion: ENGINE_VERSION, time: lastTime, seed, command };
      entries.push(entry);
      if (entries.length >= 2 * LOG_TAIL) entries = entries.slice(-LOG_TAIL);
      return entry;
    },
    skipTo(known) {
      index = Math.max(index, known);
    },
    tail: () => entries.slice(-LOG_TAIL),
  };
}
