import { Code, ConnectError } from "@connectrpc/connect";
import type { Timers } from "../client/timers.ts";

/** The life of one in-process call: its signal, its deadline and its end. */
export interface CallScope {
  /** The signal that handler and interceptors see. Built on first use: most calls never ask for it. */
  signal(): AbortSignal;
  /** What remains of the deadline in ms, or undefined without one. */
  remainingMs(): number | undefined;
  /** Why the call was aborted, or undefined while it was not. */
  failure(): ConnectError | undefined;
  /** False when neither a signal nor a deadline can abort the call from outside. */
  readonly abortable: boolean;
  /** Throws the reason if the call was aborted. */
  throwIfAborted(): void;
  /** Settles like `work`, or rejects as soon as the call is aborted. */
  race<T>(work: Promise<T>): Promise<T>;
  /** Runs `cleanup` if the call is aborted before it ends, at once if it already was. */
  onFailure(cleanup: (reason: ConnectError) => void): void;
  /** Aborts the call. Once the call is over this does nothing. */
  abort(reason: ConnectError): void;
  /** The call is over: timer and listeners go and the signal aborts, as it does in Connect's own handlers. */
  end(): void;
}

/** Starts a call's scope. A `timeoutMs` at or below 0 means no deadline, as in Connect's own transports. */
export function createCallScope(
  outer: AbortSignal | undefined,
  timeoutMs: number | undefined,
  timers: Timers,
): CallScope {
  let controller: AbortController | undefined;
  let failure: ConnectError | undefined;
  let over = false;
  const cleanups = new Set<(reason: ConnectError) => void>();

  const limit = timeoutMs !== undefined && timeoutMs > 0 ? timeoutMs : undefined;
  const deadline = limit === undefined ? undefined : timers.now() + limit;
  const timer = limit === undefined ? undefined : timers.setTimeout(onDeadline, limit);

  function onDeadline(): void {
    abort(new ConnectError("the operation timed out", Code.DeadlineExceeded));
  }

  function onOuterAbort(): void {
    abort(ConnectError.from(outer?.reason, Code.Canceled));
  }

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
    for (const cleanup of cleanups) cleanup(reason);
    cleanups.clear();
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
    abortable: outer !== undefined || limit !== undefined,
    throwIfAborted() {
      if (failure !== undefined) throw failure;
    },
    race<T>(work: Promise<T>): Promise<T> {
      return new Promise<T>((resolve, reject) => {
        // The losing side settles a settled promise, which does nothing.
        work.then(resolve, reject).finally(() => cleanups.delete(reject));
        if (failure !== undefined) reject(failure);
        else if (!over) cleanups.add(reject);
      });
    },
    onFailure(cleanup) {
      if (failure !== undefined) cleanup(failure);
      else if (!over) cleanups.add(cleanup);
    },
    abort,
    end() {
      if (over) return;
      release();
      cleanups.clear();
      controller?.abort();
    },
  };
}
