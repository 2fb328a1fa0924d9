import { Code, ConnectError } from "@connectrpc/connect";
import type { Timers } from "../client/timers.ts";

/** The life of one in-process call: its signal, its deadline and its end. */
export interface CallScope {
  /** The signal that handler and interceptors see. Built on first use. */
  signal(): AbortSignal;
  /** What remains of the deadline in ms, or undefined without one. */
  remainingMs(): number | undefined;
  /** Why the call was aborted, or undefined while it was not. */
  failure(): ConnectError | undefined;
  /** Settles like `work`, or rejects as soon as the call is aborted. */
  race<T>(work: Promise<T>): Promise<T>;
  /** Runs `cleanup` once if the call is aborted before it ends. */
  onFailure(cleanup: () => void): void;
  /** Aborts the call. Later calls of `abort` and `end` do nothing. */
  abort(reason: ConnectError): void;
  /** The call is over: timers and listeners go, and the signal aborts, as Connect's own handlers do. */
  end(): void;
}

/** Starts a call's scope. `timeoutMs` at or below 0 means no deadline, as in Connect's transports. */
export function createCallScope(
  outer: AbortSignal | undefined,
  timeoutMs: number | undefined,
  timers: Timers,
): CallScope {
  let controller: AbortController | undefined;
  let failure: ConnectError | undefined;
  let over = false;
  const cleanups: ((reason: ConnectError) => void)[] = [];

  const limit = timeoutMs !== undefined && timeoutMs > 0 ? timeoutMs : undefined;
  const deadline = limit === undefined ? undefined : timers.now() + limit;
  const timer =
    limit === undefined
      ? undefined
      : timers.setTimeout(() => abort(new ConnectError("the operation timed out", Code.DeadlineExceeded)), limit);

  const onOuterAbort = (): void => abort(ConnectError.from(outer?.reason, Code.Canceled));

  function release(): void {
    over = true;
    if (timer !== undefined) timers.clearTimeout(timer);
    outer?.removeEventListener("abort", onOuterAbort);
  }

  function abort(reason: ConnectError): void {
    if (over) return;
    failure = reason;
    release();
    controller?.abort(reason);
    for (const cleanup of cleanups.splice(0)) cleanup(reason);
  }

  if (outer?.aborted) onOuterAbort();
  else outer?.addEventListener("abort", onOuterAbort);

  return {
    signal() {
      if (controller === undefined) {
        controller = new AbortController();
        if (over) controller.abort(failure);
      }
      return controller.signal;
    },
    remainingMs: () => (deadline === undefined ? undefined : deadline - timers.now()),
    failure: () => failure,
    race<T>(work: Promise<T>): Promise<T> {
      return new Promise<T>((resolve, reject) => {
        if (failure !== undefined) {
          reject(failure);
          work.catch(() => {});
          return;
        }
        const index = cleanups.push(reject) - 1;
        const forget = (): void => {
          if (cleanups[index] === reject) cleanups.splice(index, 1);
          else cleanups.splice(cleanups.indexOf(reject) >>> 0, 1);
        };
        work.then(
          (value) => {
            forget();
            resolve(value);
          },
          (error: unknown) => {
            forget();
            reject(error);
          },
        );
      });
    },
    onFailure(cleanup) {
      if (failure !== undefined) cleanup();
      else if (!over) cleanups.push(cleanup);
    },
    abort,
    end() {
      if (over) return;
      release();
      cleanups.length = 0;
      controller?.abort();
    },
  };
}
