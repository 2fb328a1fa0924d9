import { Code, ConnectError } from "@connectrpc/connect";
import { type Backoff, backoffMs } from "./backoff.ts";
import { isConnectionLoss } from "./failure.ts";
import { type Timers, wait } from "./timers.ts";

/** Times that a call is made in all, when every one of them finds the server unavailable. */
export const MAX_ATTEMPTS = 4;

/** What a retry waits by. */
export interface RetryOptions {
  readonly timers: Timers;
  readonly random: () => number;
  readonly backoff?: Backoff | undefined;
}

/**
 * Makes a call again while the server is unavailable, at most `MAX_ATTEMPTS` times. Only for calls that may be
 * carried out twice: reads, and sends that carry their own id. An abort ends the waiting.
 */
export async function retry<T>(
  attempt: () => Promise<T>,
  signal: AbortSignal | undefined,
  options: RetryOptions,
): Promise<T> {
  for (let failures = 0; ; failures += 1) {
    try {
      return await attempt();
    } catch (reason) {
      if (failures + 1 >= MAX_ATTEMPTS || !isConnectionLoss(ConnectError.from(reason))) throw reason;
      await wait(options.timers, backoffMs(failures, options.random, options.backoff), signal);
      if (signal?.aborted) throw ConnectError.from(signal.reason, Code.Canceled);
    }
  }
}
