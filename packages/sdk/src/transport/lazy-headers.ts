/** A Headers object that is only built when somebody asks for it; most in-process calls never do. */
export interface LazyHeaders {
  /** The headers, the same object at every call. */
  get(): Headers;
}

/** Keeps `init` until the first `get()`. A caller's own Headers object is copied, so nothing is shared. */
export function createLazyHeaders(init?: HeadersInit): LazyHeaders {
  let headers: Headers | undefined;
  return {
    get() {
      headers ??= new Headers(init);
      return headers;
    },
  };
}
