/** Options of one call. */
export interface NimCallOptions {
  /** Cancels the call: it rejects with a `NimError` whose code is 19. The server may have carried it out. */
  readonly signal?: AbortSignal;
  /** Deadline in ms, for each attempt when the call is retried; then it rejects with code 408. Default: none. */
  readonly timeoutMs?: number;
  /** Further request headers. They do not replace the client's own. */
  readonly headers?: HeadersInit;
}
