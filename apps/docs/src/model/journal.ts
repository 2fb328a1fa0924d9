/** One event that reached a phone. */
export interface JournalLine {
  readonly id: number;
  /** Index of the phone on the page. */
  readonly phone: number;
  readonly account: string;
  readonly name: string;
  /** Milliseconds since 1970, by the clock of this page. */
  readonly time: number;
  /** The fact that tells this event from others of its name. */
  readonly detail: string;
}

export interface Journal {
  add(line: Omit<JournalLine, "id">): void;
  clear(): void;
  /** Newest first. */
  lines(): readonly JournalLine[];
}

/** Lines that the page keeps: enough to scroll back through a conversation, too few to slow the page down. */
const MAX_LINES = 200;

/** The events of all phones in the order of their arrival. */
export function createJournal(onChange: () => void): Journal {
  let lines: readonly JournalLine[] = [];
  let count = 0;
  return {
    add(line) {
      count += 1;
      lines = [{ ...line, id: count }, ...lines].slice(0, MAX_LINES);
      onChange();
    },
    clear() {
      lines = [];
      onChange();
    },
    lines: () => lines,
  };
}
