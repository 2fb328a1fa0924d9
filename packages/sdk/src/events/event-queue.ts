import { Code } from "@connectrpc/connect";
import { NimError } from "../client/nim-error.ts";
import { ErrorCode } from "../gen/nim/v1/error_pb.ts";
import type { NimEvent } from "./emitter.ts";

/** Events that wait for a slow reader, at most; then its loop fails rather than lose one in silence. */
export const DEFAULT_EVENT_QUEUE = 1000;

/** Options of `events()`. */
export interface EventsOptions {
  /** Ends the loop. */
  readonly signal?: AbortSignal;
  /** Events that may wait for the reader. Default: `DEFAULT_EVENT_QUEUE`. */
  readonly maxQueue?: number;
}

/** What feeds a queue: it calls `push` until its result is called. */
export type EventSource = (push: (event: NimEvent) => void) => () => void;

/**
 * Turns pushes into a `for await`. It listens from the start, so nothing between the call and the first pull is
 * lost. Leaving the loop, the signal and an overflow stop the listening. While it listens, `open` holds a function
 * that ends the loop after the events that already wait.
 */
export function createEventQueue(
  source: EventSource,
  open: Set<() => void>,
  options: EventsOptions = {},
): AsyncIterableIterator<NimEvent> {
  const { signal, maxQueue = DEFAULT_EVENT_QUEUE } = options;
  const queue: NimEvent[] = [];
  const readers: { resolve(result: IteratorResult<NimEvent>): void; reject(error: NimError): void }[] = [];
  let failure: NimError | undefined;
  let stopped = false;

  const leave = source((event) => {
    const reader = readers.shift();
    if (reader !== undefined) reader.resolve({ done: false, value: event });
    else if (queue.length < maxQueue) queue.push(event);
    else {
      failure = new NimError({
        code: ErrorCode.OVER_LIMIT,
        method: "events",
        connectCode: Code.ResourceExhausted,
        reason: `more than ${maxQueue} events wait for the loop; read faster, raise maxQueue or use on()`,
      });
      end();
    }
  });

  function end(): void {
    if (stopped) return;
    stopped = true;
    leave();
    signal?.removeEventListener("abort", end);
    for (const reader of readers.splice(0)) reader.resolve({ done: true, value: undefined });
    open.delete(end);
  }

  open.add(end);
  if (signal?.aborted) end();
  else signal?.addEventListener("abort", end);

  const events: AsyncIterableIterator<NimEvent> = {
    [Symbol.asyncIterator]: () => events,
    next() {
      const event = queue.shift();
      if (event !== undefined) return Promise.resolve({ done: false, value: event });
      if (failure !== undefined) {
        const error = failure;
        failure = undefined;
        return Promise.reject(error);
      }
      if (stopped) return Promise.resolve({ done: true, value: undefined });
      return new Promise((resolve, reject) => readers.push({ resolve, reject }));
    },
    return() {
      queue.length = 0;
      failure = undefined;
      end();
      return Promise.resolve({ done: true, value: undefined });
    },
  };
  return events;
}
