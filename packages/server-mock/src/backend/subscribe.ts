import { EndReason } from "@nimkit/sdk/protocol/enums";
import type { Actor } from "../engine/entry.ts";
import { type FeedStart, startOfFeed } from "../engine/event/feed.ts";
import { fullRelations } from "../engine/event/relations.ts";
import type { World } from "../engine/world.ts";
import type { RelationsData, SubscribeCommand, SubscribeReply } from "../gen/commands.ts";
import type { Hub } from "./hub.ts";
import type { Subscriber, Taken } from "./subscriber.ts";
import type { Timers } from "./timers.ts";

/** Silence after which a heartbeat is sent, in milliseconds. Source: reliability.md H1. */
export const HEARTBEAT_MS = 15_000;

/** What a stream needs of its backend. */
export interface StreamHost {
  readonly world: World;
  readonly hub: Hub;
  readonly timers: Timers;
  epoch(): string;
  now(): number;
  /** Appends `connected`. Gives the entry's index. @throws RuleError if the device is not logged in. */
  connected(actor: Actor): number;
  /** Appends `disconnected`. */
  disconnected(account: string, deviceId: string, stream: number, sent: number): void;
}

/**
 * A device's stream of frames: opened, the missed events, the full relations, then what happens. It ends with an end
 * frame, or without one when it is cut. It is cleaned up when the reader leaves and as soon as the signal aborts: a
 * generator that waits for a blocked writer is never resumed (reliability.md Z3).
 */
export async function* subscribe(
  host: StreamHost,
  actor: Actor,
  command: SubscribeCommand,
  signal?: AbortSignal,
): AsyncGenerator<SubscribeReply, void, undefined> {
  if (signal?.aborted) return;
  const stream = openStream(host, actor, command);
  const abort = (): void => stream.close();
  signal?.addEventListener("abort", abort, { once: true });
  try {
    const { epoch, start } = stream;
    yield { frame: { case: "opened", value: { epoch, offset: start.offset, recovered: start.recovered } } };
    for (const { offset, event } of start.missed) {
      if (stream.isClosed()) return;
      stream.sent(offset);
      yield { frame: { case: "event", value: { offset, event } } };
    }
    if (stream.isClosed()) return;
    yield { frame: { case: "relations", value: stream.relations } };
    while (!stream.isClosed()) {
      const taken = await takeOrBeat(stream.subscriber, host.timers);
      if (stream.isClosed()) return;
      if (!taken) yield { frame: { case: "heartbeat", value: { time: host.now() } } };
      else if ("frame" in taken) {
        if (taken.frame.case === "event") stream.sent(taken.frame.value.offset);
        yield { frame: taken.frame };
      } else {
        if (taken.ending !== "cut") yield stream.endFrame(taken.ending);
        return;
      }
    }
  } finally {
    signal?.removeEventListener("abort", abort);
    stream.close();
  }
}

interface OpenStream {
  readonly epoch: string;
  readonly start: FeedStart;
  readonly relations: RelationsData;
  readonly subscriber: Subscriber;
  sent(offset: number): void;
  isClosed(): boolean;
  close(): void;
  endFrame(reason: EndReason): SubscribeReply;
}

/** Opens the stream in one go, so that nothing can happen between the missed events and the live ones. */
function openStream(host: StreamHost, actor: Actor, command: SubscribeCommand): OpenStream {
  const { account, deviceId } = actor;
  const index = host.connected(actor);
  const device = host.world.accounts.get(account)?.devices.get(deviceId);
  if (!device) throw new Error(`a connected device of ${account} is not in the world`);
  const epoch = host.epoch();
  const start = startOfFeed(device, cursorOf(command, epoch));
  const subscriber = host.hub.open(account, deviceId);
  let sent = start.offset;
  let closed = false;
  return {
    epoch,
    start,
    relations: fullRelations(host.world, account),
    subscriber,
    sent: (offset) => {
      sent = offset;
    },
    isClosed: () => closed,
    close() {
      if (closed) return;
      closed = true;
      host.hub.close(account, deviceId, subscriber);
      host.disconnected(account, deviceId, index, sent);
      subscriber.wake();
    },
    endFrame: (reason) => ({
      frame: { case: "end", value: { reason, epoch, offset: sent, text: END_TEXTS[reason] } },
    }),
  };
}

/** The offset to go on from; NaN, which no feed holds, for a cursor of another epoch. */
function cursorOf(command: SubscribeCommand, epoch: string): number | undefined {
  if (command.epoch === undefined) return undefined;
  return command.epoch === epoch ? command.offset : Number.NaN;
}

function takeOrBeat(subscriber: Subscriber, timers: Timers): Taken | Promise<Taken> {
  const taken = subscriber.take();
  if (!(taken instanceof Promise)) return taken;
  const cancel = timers.after(HEARTBEAT_MS, () => subscriber.wake());
  return taken.finally(cancel);
}

const END_TEXTS: Readonly<Record<EndReason, string>> = {
  [EndReason.UNSPECIFIED]: "the stream ends",
  [EndReason.KICKED]: "the device was kicked",
  [EndReason.LOGGED_OUT]: "the device logged out",
  [EndReason.TOKEN_EXPIRED]: "the access token is no longer valid",
  [EndReason.SLOW_CONSUMER]: "the stream was read too slowly and its queue was full",
  [EndReason.SERVER_CLOSING]: "the server closes",
  [EndReason.REPLACED]: "the device opened another stream",
};
