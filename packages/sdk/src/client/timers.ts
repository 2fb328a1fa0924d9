/** The clock that the SDK waits by. Tests and virtual clocks pass their own. */
export interface Timers {
  /** Calls `callback` once after `ms` milliseconds and returns a handle for `clearTimeout`. */
  setTimeout(callback: () => void, ms: number): unknown;
  /** Takes a timer back; a handle that has fired is ignored. */
  clearTimeout(handle: unknown): void;
  /** Milliseconds on a clock that never goes back. Its zero means nothing. */
  now(): number;
}

/** The timers of the host. */
export const systemTimers: Timers = {
  setTimeout: (callback, ms) => globalThis.setTimeout(callback, ms),
  clearTimeout: (handle) => globalThis.clearTimeout(handle as number | undefined),
  now: () => performance.now(),
};

/** Lets a Node process end although the timer is pending; browsers have nothing to do. */
export function releaseTimer(handle: unknown): void {
  if (typeof handle === "object" && handle !== null && "unref" in handle && typeof handle.unref === "function") {
    handle.unref();
  }
}

/** Resolves after `ms` milliseconds, or earlier when `signal` aborts; it never rejects and leaves no timer behind. */
export function wait(timers: Timers, ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) {
      resolve();
      return;
    }
    const finish = (): void => {
      timers.clearTimeout(handle);
      signal?.removeEventListener("abort", finish);
      resolve();
    };
    const handle = timers.setTimeout(finish, ms);
    signal?.addEventListener("abort", finish);
  });
}
