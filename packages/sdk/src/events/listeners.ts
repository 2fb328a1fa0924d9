/** Functions that are told the same thing. */
export interface Listeners<A extends readonly unknown[]> {
  /** Adds a listener; the result removes it. The same function may be added twice. */
  add(listener: (...args: A) => void): () => void;
  /** Calls every listener, in the order they came. One that throws does not stop the others. */
  call(...args: A): void;
}

/** Runs `listener`; what it throws goes to `report`. */
export function isolate(listener: () => void, report: (error: unknown) => void): void {
  try {
    listener();
  } catch (error) {
    report(error);
  }
}

/** Makes a list of listeners. What they throw goes to `report`. */
export function createListeners<A extends readonly unknown[]>(report: (error: unknown) => void): Listeners<A> {
  // One object per registration, so that adding a function twice means two calls and two removals.
  const entries = new Set<{ readonly listener: (...args: A) => void }>();
  return {
    add(listener) {
      const entry = { listener };
      entries.add(entry);
      return () => {
        entries.delete(entry);
      };
    },
    call(...args) {
      // A copy: listeners may come and go meanwhile. One that was just removed is not called any more.
      for (const entry of [...entries]) {
        if (entries.has(entry)) isolate(() => entry.listener(...args), report);
      }
    },
  };
}
