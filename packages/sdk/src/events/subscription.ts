import { create } from "@bufbuild/protobuf";
import { Code, ConnectError, type Transport } from "@connectrpc/connect";
import { releaseTimer, type Timers } from "../client/timers.ts";
import {
  type End,
  EventService,
  SubscribeRequestSchema,
  type SubscribeResponse,
} from "../gen/nim/v1/event_service_pb.ts";

/**
 * Silence in ms after which a stream counts as dead: two and a half heartbeats of 15 s, less a little.
 */
export const SILENCE_LIMIT_MS = 37_000;

type Frame = SubscribeResponse["frame"];

/** What one stream needs. */
export interface SubscriptionOptions {
  readonly transport: Transport;
  readonly timers: Timers;
  /** Headers of the call, with the token. */
  readonly headers: readonly [string, string][];
  /** Where to go on; undefined: from the login. */
  readonly position: { readonly epoch: string; readonly offset: number } | undefined;
  /** Ends the stream from outside. */
  readonly signal: AbortSignal;
  /** Takes each frame but the last. */
  readonly onFrame: (frame: Frame) => void;
}

/** How a stream ended: by the server's own last frame, or by an error; a cut without either is an error too. */
export type SubscriptionEnd = { readonly end: End } | { readonly error: ConnectError };

/** Settles like `work`, but rejects as soon as the signal aborts, even if the transport ignores the abort. */
function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(signal.reason);
    if (signal.aborted) onAbort();
    else signal.addEventListener("abort", onAbort);
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
  });
}

/** Reads one stream to its end. It never rejects, and leaves neither a timer nor an open call behind. */
export async function readSubscription(options: SubscriptionOptions): Promise<SubscriptionEnd> {
  const { transport, timers, position, onFrame } = options;
  const controller = new AbortController();
  const { signal } = controller;
  const onOuterAbort = (): void => controller.abort(options.signal.reason);
  if (options.signal.aborted) onOuterAbort();
  else options.signal.addEventListener("abort", onOuterAbort);

  // One timer that looks at the clock, so that a busy stream does not make a timer per frame.
  let heardAt = timers.now();
  let watchdog: unknown;
  const watch = (ms: number): void => {
    watchdog = timers.setTimeout(() => {
      const rest = heardAt + SILENCE_LIMIT_MS - timers.now();
      if (rest > 0) watch(rest);
      else controller.abort(new ConnectError(`no sign of life for ${SILENCE_LIMIT_MS} ms`, Code.Unavailable));
    }, ms);
    // A dead connection keeps a Node process alive by itself; this timer need not.
    releaseTimer(watchdog);
  };
  watch(SILENCE_LIMIT_MS);

  try {
    const requests = (async function* () {
      yield create(SubscribeRequestSchema, position ?? {});
    })();
    const opening = transport.stream(EventService.method.subscribe, signal, undefined, [...options.headers], requests);
    const response = await orAborted(opening, signal);
    const frames = response.message[Symbol.asyncIterator]();
    for (;;) {
      const next = await orAborted(frames.next(), signal);
      if (next.done === true) break;
      heardAt = timers.now();
      const { frame } = next.value;
      if (frame.case === "end") return { end: frame.value };
      onFrame(frame);
      if (signal.aborted) break;
    }
    return { error: new ConnectError("the stream stopped without an end frame", Code.Unavailable) };
  } catch (reason) {
    return { error: ConnectError.from(reason) };
  } finally {
    timers.clearTimeout(watchdog);
    options.signal.removeEventListener("abort", onOuterAbort);
    // Leaving the loop does not cancel a Connect stream; this does.
    controller.abort();
  }
}
