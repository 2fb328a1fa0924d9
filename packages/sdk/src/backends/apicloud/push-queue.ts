/** What pushes on one side and is read by one `for await` on the other. */
export interface PushQueue<T> extends AsyncIterable<T> {
  /** Adds a value. False: the queue is full or over, and the value was not taken. */
  push(value: T): boolean;
  /** Ends the loop after the values that wait; with an error it throws there. Later calls do nothing. */
  end(error?: Error): void;
}

/** A queue that holds at most `limit` unread values. */
export function createPushQueue<T>(limit: number): PushQueue<T> {
  const values: T[] = [];
  let over = false;
  let failure: Error | undefined;
  let wake: (() => void) | undefined;

  const notify = (): void => {
    wake?.();
    wake = undefined;
  };

  return {
    push(value) {
      if (over || values.length >= limit) return false;
      values.push(value);
      notify();
      return true;
    },
    end(error) {
      if (over) return;
      over = true;
      failure = error;
      notify();
    },
    async *[Symbol.asyncIterator]() {
      for (;;) {
        // One by one: a reader that leaves must not take values with it.
        for (let next = values.shift(); next !== undefined; next = values.shift()) yield next;
        if (failure !== undefined) throw failure;
        if (over) return;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}
