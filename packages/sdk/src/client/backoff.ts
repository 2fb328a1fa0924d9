/** How long the SDK waits before it tries again: a random time below a limit that doubles, called full jitter. */
export interface Backoff {
  /** Limit of the first wait, in ms. Default: `DEFAULT_BACKOFF.baseMs`. */
  readonly baseMs?: number;
  /** Largest limit, in ms. Default: `DEFAULT_BACKOFF.maxMs`. */
  readonly maxMs?: number;
}

/** A quarter of a second at first; never more than 3 s, so that a healed network is used within 3 s. */
export const DEFAULT_BACKOFF = { baseMs: 250, maxMs: 3000 } as const;

/** The wait in ms before try number `attempt` + 1; `attempt` counts the failures so far, less one. */
export function backoffMs(attempt: number, random: () => number, backoff: Backoff = {}): number {
  const { baseMs = DEFAULT_BACKOFF.baseMs, maxMs = DEFAULT_BACKOFF.maxMs } = backoff;
  return random() * Math.min(maxMs, baseMs * 2 ** attempt);
}
