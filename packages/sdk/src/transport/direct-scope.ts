import { Code, ConnectError } from "@connectrpc/connect";
import type { Timers } from "../client/timers.ts";

/**
 * The life of one in-process call: its signal, its deadline and its end. A record with functions beside it, because
 * an object of closures per call costs more than the rest of the call.
 */
export interface CallScope {
  readonly timers: Timers;
  /** When the call times out, by the timers' clock. */
  readonly deadline: number | undefined;
  /** Takes timer and listener away; absent when nothing can abort the call from outside. */
  release: (() => void) | undefined;
  controller: AbortController | undefined;
  /** Why the call was aborted. */
  failure: ConnectError | undefined;
  over: boolean;
  cleanups: Set<(reason: ConnectError) => void> | undefined;
}

/** What a signal says after a call that ended well. Made once: an exception per call would cost its stack trace. */
const CALL_OVER = new DOMException("the call is over", "AbortError");

/** Starts a call's scope. A `timeoutMs` at or below 0 means no deadline, as in Connect's own transports. */
export function openScope(outer: AbortSignal | undefined, timeoutMs: number | undefined, timers: Timers): CallScope {
  const limit = timeoutMs !== undefined && timeoutMs > 0 ? timeoutMs : undefined;
  const scope: CallScope = {
    timers,
    deadline: limit === undefined ? undefined : timers.now() + limit,
    release: undefined,
    controller: undefined,
    failure: undefined,
    over: false,
    cleanups: undefined,
  };
  if (outer !== undefined || limit !== undefined) watch(scope, outer, limit);
  return scope;
}

function watch(scope: CallScope, outer: AbortSignal | undefined, limit: number | undefined): void {
  const onOuterAbort = (): void => abortScope(scope, ConnectError.from(outer?.reason, Code.Canceled));
  if (outer?.aborted) {
    onOuterAbort();
    return;
  }
  const onDeadline = (): void => abortScope(scope, new ConnectError("the operation timed out", Code.DeadlineExceeded));
  const timer = limit === undefined ? undefined : scope.timers.setTimeout(onDeadline, limit);
  outer?.addEventListener("abort", onOuterAbort);
  scope.release = () => {
    if (timer !== undefined) scope.timers.clearTimeout(timer);
    outer?.removeEventListener("abort", onOuterAbort);
  };
}

/** The signal that handler and interceptors see. Built on first use: most calls never ask for it. */
export function scopeSignal(scope: CallScope): AbortSignal {
  if (scope.controller === undefined) {
    scope.controller = new AbortController();
    if (scope.over) scope.controller.abort(scope.failure ?? CALL_OVER);
  }
  return scope.controller.signal;
}

/** What remains of the deadline in ms, or undefined without one. */
export function remainingMs(scope: CallScope): number | undefined {
  return scope.deadline === undefined ? undefined : scope.deadline - scope.timers.now();
}

/** Runs `cleanup` if the call is aborted before it ends, at once if it already was; the result takes it back. */
export function onAbort(scope: CallScope, cleanup: (reason: ConnectError) => void): () => void {
  if (scope.failure !== undefined) cleanup(scope.failure);
  if (scope.over) return () => {};
  const cleanups = scope.cleanups ?? new Set();
  scope.cleanups = cleanups.add(cleanup);
  return () => {
    cleanups.delete(cleanup);
  };
}

/** Settles like `work`, or rejects as soon as the call is aborted. */
export function raceScope<T>(scope: CallScope, work: Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const forget = onAbort(scope, reject);
    // The losing side settles a settled promise, which does nothing.
    work.then(resolve, reject).finally(forget);
  });
}

/** Aborts the call. Once the call is over this does nothing. */
export function abortScope(scope: CallScope, reason: ConnectError): void {
  if (scope.over) return;
  scope.over = true;
  scope.failure = reason;
  scope.release?.();
  scope.controller?.abort(reason);
  for (const cleanup of scope.cleanups ?? []) cleanup(reason);
  scope.cleanups = undefined;
}

/** The call is over: timer and listeners go and the signal aborts, as it does in Connect's own handlers. */
export function endScope(scope: CallScope): void {
  if (scope.over) return;
  scope.over = true;
  scope.release?.();
  scope.cleanups = undefined;
  scope.controller?.abort(CALL_OVER);
}
