import type { Transport } from "@connectrpc/connect";
import { Code, ConnectError } from "@connectrpc/connect";
import { type Backoff, backoffMs } from "../client/backoff.ts";
import { errorDetailOf } from "../client/failure.ts";
import { NimError } from "../client/nim-error.ts";
import { type Timers, wait } from "../client/timers.ts";
import { ErrorCode } from "../gen/nim/v1/error_pb.ts";
import {
  type Delivery,
  type End,
  EndReason,
  type Relations,
  type SubscribeResponse,
} from "../gen/nim/v1/event_service_pb.ts";
import type { Cursor } from "./cursor.ts";
import { readSubscription } from "./subscription.ts";

/** The rpc that errors of the stream name. */
const SUBSCRIBE = "event.subscribe";

/** Why the stream of a session is over for good. `stopped`: the signal aborted. */
export type StreamEndReason = "stopped" | "kicked" | "loggedOut" | "expired" | "replaced" | "refused";

/** How a session's stream ended. */
export interface StreamEnd {
  readonly reason: StreamEndReason;
  /** What the server said, or that the signal aborted. */
  readonly error: NimError;
}

/** What the stream tells its session. */
export interface StreamHooks {
  /** A connection is being tried, not the first one. */
  connecting(): void;
  /** That connection could not be opened. */
  connectFailed(error: NimError): void;
  /** A stream began. `reset`: events may be missing. */
  opened(reset: boolean): void;
  /** Friends and teams. */
  relations(relations: Relations): void;
  /** An event that was not delivered before. */
  delivery(delivery: Delivery): void;
  /** The stream was lost; it will be resumed. */
  lost(error: NimError): void;
}

/** What a session's stream needs. */
export interface StreamOptions {
  readonly transport: Transport;
  readonly timers: Timers;
  readonly random: () => number;
  readonly backoff?: Backoff | undefined;
  readonly headers: readonly [string, string][];
  /** How far events were delivered; the stream goes on from there and moves it. */
  readonly cursor: Cursor;
  readonly signal: AbortSignal;
  readonly hooks: StreamHooks;
}

/** Reasons of an end frame that forbid to go on; all others resume. */
const FINAL: ReadonlyMap<EndReason, readonly [StreamEndReason, ErrorCode]> = new Map([
  [EndReason.KICKED, ["kicked", ErrorCode.ALREADY_EXISTS]],
  [EndReason.LOGGED_OUT, ["loggedOut", ErrorCode.NOT_LOGGED_IN]],
  [EndReason.TOKEN_EXPIRED, ["expired", ErrorCode.TOKEN_INVALID]],
  [EndReason.REPLACED, ["replaced", ErrorCode.ALREADY_EXISTS]],
]);

function finalEnd(end: End): StreamEnd | undefined {
  const found = FINAL.get(end.reason);
  if (found === undefined) return undefined;
  const [reason, code] = found;
  return { reason, error: new NimError({ code, method: SUBSCRIBE, reason: end.text || undefined }) };
}

/**
 * An error that another try would only repeat. Every other error resumes, whatever its code: transports report a
 * cut stream under several codes, one of them `invalid_argument`.
 */
function finalError(error: ConnectError, everOpened: boolean): StreamEnd | undefined {
  if (error.code === Code.Unauthenticated) {
    const kicked = errorDetailOf(error)?.code === ErrorCode.ALREADY_EXISTS;
    return { reason: kicked ? "kicked" : "expired", error: NimError.from(error, SUBSCRIBE) };
  }
  // Later this is a proxy's 404 while the server restarts.
  if (error.code === Code.Unimplemented && !everOpened) {
    return { reason: "refused", error: NimError.from(error, SUBSCRIBE) };
  }
  return undefined;
}

/**
 * Keeps a session's stream open: resumes from the cursor after every loss, with full jitter, until the server says
 * that it is over or the signal aborts. It never rejects.
 */
export async function runStream(options: StreamOptions): Promise<StreamEnd> {
  const { cursor, hooks, signal } = options;
  let everOpened = false;

  for (let failures = 0, first = true; ; failures += 1, first = false) {
    if (!first) {
      await wait(options.timers, backoffMs(failures - 1, options.random, options.backoff), signal);
      if (!signal.aborted) hooks.connecting();
    }
    let open = false;

    const onFrame = (frame: SubscribeResponse["frame"]): void => {
      if (frame.case === "opened" && !open) {
        open = true;
        everOpened = true;
        hooks.opened(cursor.open(frame.value));
        return;
      }
      if (!open) throw new ConnectError(`the stream began with '${frame.case}', not 'opened'`, Code.Internal);
      // A stream that only opens and breaks again keeps its growing pauses.
      failures = 0;
      if (frame.case === "relations") hooks.relations(frame.value);
      else if (frame.case === "event" && cursor.advance(frame.value.offset)) hooks.delivery(frame.value);
    };

    const outcome = await readSubscription({ ...options, position: cursor.position(), onFrame });
    if (signal.aborted) {
      return { reason: "stopped", error: NimError.from(ConnectError.from(signal.reason, Code.Canceled), SUBSCRIBE) };
    }
    const final = "end" in outcome ? finalEnd(outcome.end) : finalError(outcome.error, everOpened);
    if (final !== undefined) return final;
    const error =
      "end" in outcome
        ? new NimError({ code: ErrorCode.NOT_CONNECTED, method: SUBSCRIBE, reason: outcome.end.text || undefined })
        : NimError.from(outcome.error, SUBSCRIBE);
    if (open) hooks.lost(error);
    else hooks.connectFailed(error);
  }
}
