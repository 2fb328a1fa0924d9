/** Where waiting comes from. Tests put in their own. */
export interface Timers {
  /**
   * Calls back once after a number of milliseconds. Gives a function that cancels.
   * A background timer does not keep a Node process alive.
   */
  after(ms: number, callback: () => void, background?: boolean): () => void;
}

/** The longest wait that setTimeout can do: 2^31 - 1 ms, about 25 days. */
export const MAX_WAIT_MS = 0x7fff_ffff;

/** The platform's own timers. */
export const systemTimers: Timers = {
  after(ms, callback, background = false) {
    const handle: unknown = setTimeout(callback, Math.min(ms, MAX_WAIT_MS));
    if (background && isUnrefable(handle)) handle.unref();
    return () => clearTimeout(handle as ReturnType<typeof setTimeout>);
  },
};

function isUnrefable(handle: unknown): handle is { unref(): void } {
  return typeof handle === "object" && handle !== null && "unref" in handle;
}
