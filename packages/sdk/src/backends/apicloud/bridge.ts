import { create, isMessage, type Message } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { releaseTimer } from "../../client/timers.ts";
import type { ModuleEntry } from "../../gen/module-table.ts";
import { KickReason, LoginStep } from "../../gen/nim/v1/auth_pb.ts";
import { type Event, EventSchema, KickSchema, LoginStepChangedSchema } from "../../gen/nim/v1/event_pb.ts";
import {
  EndReason,
  type Relations,
  type SubscribeRequest,
  type SubscribeResponse,
  SubscribeResponseSchema,
} from "../../gen/nim/v1/event_service_pb.ts";
import { isObject } from "../../module/coerce.ts";
import { listenerEntries, payloadOf } from "../../module/entries.ts";
import { fromModule } from "../../module/shape.ts";
import { createJournal } from "./journal.ts";
import { createLink } from "./link.ts";
import type { Native } from "./native.ts";
import { notLoggedIn } from "./native-error.ts";
import { createPushQueue, type PushQueue } from "./push-queue.ts";
import { changeOfCall, changeOfEvent, concernsFriends, type RelationsReader } from "./relations.ts";

/** A stream says that it lives at least this often, as the mock's server does. */
export const HEARTBEAT_MS = 15_000;

/** Frames that may wait for a slow reader; then its stream ends and it resumes from what it has. */
export const FRAME_LIMIT = 10_000;

/** Steps in which a device that was logged in is no longer, for good. */
const THROWN_OUT: ReadonlySet<LoginStep> = new Set([LoginStep.FORBIDDEN, LoginStep.KICKED]);

type Frame = SubscribeResponse["frame"];

/** Turns the native module's listeners into the stream of events that a client reads. */
export interface Bridge {
  /** Registers the native listeners; later calls do nothing. Native modules cannot take a listener back. */
  attach(): void;
  /** Runs a native login; its first stream gets every event since its start. */
  login<T>(run: () => Promise<T>): Promise<T>;
  /** The native module has logged out. */
  loggedOut(): void;
  /** A native call succeeded: tells streams what it changed about friends and teams. */
  called(request: Message, response: Message): void;
  subscribe(request: SubscribeRequest, signal: AbortSignal): AsyncGenerator<SubscribeResponse>;
}

function frameOf(frame: Frame): SubscribeResponse {
  return create(SubscribeResponseSchema, { frame });
}

/** Makes the bridge of one native module. */
export function createBridge(native: Native, relations: RelationsReader): Bridge {
  const journal = createJournal(native.ids);
  const streams = new Set<PushQueue<Frame>>();
  let attached = false;

  const link = createLink(() => {
    // The client that reads resumes by itself, and so makes the login steps that an app expects.
    for (const stream of streams) stream.end(new ConnectError("the phone lost its connection", Code.Unavailable));
  });

  function endFrame(reason: EndReason): Frame {
    const end = { $typeName: "nim.v1.End", reason, epoch: journal.epoch(), offset: journal.last(), text: "" } as const;
    return { case: "end", value: end };
  }

  function broadcast(frame: Frame): void {
    for (const stream of streams) {
      // Resuming gives a slow reader what it did not take.
      if (!stream.push(frame)) stream.end(new ConnectError("too many frames wait to be read", Code.ResourceExhausted));
    }
  }

  function finish(reason: EndReason): void {
    link.loggedOut();
    for (const stream of streams) {
      stream.push(endFrame(reason));
      stream.end();
    }
  }

  function tell(change: Relations | undefined): void {
    if (change !== undefined) broadcast({ case: "relations", value: change });
  }

  function receive(event: Event): void {
    const change = changeOfEvent(event);
    // Before the event, so that a listener which asks `isMyTeam` gets the new answer.
    if (change !== undefined) tell(relations.change(change));
    broadcast({ case: "event", value: journal.append(event) });
    if (concernsFriends(event)) void relations.readFriends().then(tell);
    if (event.payload.case === "kick") finish(EndReason.KICKED);
  }

  function receiveStep(step: LoginStep): void {
    const wasInside = link.isLoggedIn();
    link.step(step);
    if (wasInside && step === LoginStep.AUTH_FAILED) finish(EndReason.TOKEN_EXPIRED);
    if (!wasInside || !THROWN_OUT.has(step)) return;
    // Android tells of a kick by the server only in this way: after any other kick the device is out already.
    const value = create(KickSchema, { reason: KickReason.SERVER });
    receive(create(EventSchema, { payload: { case: "kick", value } }));
  }

  function listen(entry: ModuleEntry): void {
    const schema = payloadOf(entry);
    native.find(entry.name)?.((ret: unknown) => {
      const value = fromModule(schema, isObject(ret) ? ret : {}, native.platform, "lenient");
      // The client makes its own login steps from the stream, so the phone's are never passed on.
      if (isMessage(value, LoginStepChangedSchema)) return receiveStep(value.step);
      const event = create(EventSchema);
      Reflect.set(event, "payload", { case: entry.target, value });
      receive(event);
    });
  }

  function startHeartbeat(stream: PushQueue<Frame>): () => void {
    let timer: unknown;
    const beat = (): void => {
      timer = native.timers.setTimeout(() => {
        stream.push({ case: "heartbeat", value: { $typeName: "nim.v1.Heartbeat", time: native.now() } });
        beat();
      }, HEARTBEAT_MS);
      releaseTimer(timer);
    };
    beat();
    return () => native.timers.clearTimeout(timer);
  }

  /** A phone may have been logged in before this page was opened. */
  function isInside(): boolean {
    if (!link.isLoggedIn() && native.find("isLogined")?.() === true) link.loggedIn();
    return link.isLoggedIn();
  }

  function attach(): void {
    if (attached) return;
    attached = true;
    for (const entry of listenerEntries) listen(entry);
  }

  return {
    attach,
    async login(run) {
      attach();
      const before = journal.last();
      const result = await run();
      finish(EndReason.LOGGED_OUT);
      journal.begin(before);
      link.loggedIn();
      return result;
    },
    loggedOut: () => finish(EndReason.LOGGED_OUT),
    called(request, response) {
      const change = changeOfCall(request, response);
      if (change !== undefined) tell(relations.change(change));
    },
    async *subscribe(request, signal) {
      attach();
      await link.connected(signal);
      if (!isInside()) throw notLoggedIn(native.platform);
      const { opened, backlog } = journal.start(request);
      const stream = createPushQueue<Frame>(FRAME_LIMIT);
      const onAbort = (): void => stream.end();
      // From here on live frames wait in the queue: none is lost while the first ones are read.
      streams.add(stream);
      signal.addEventListener("abort", onAbort);
      const stopHeartbeat = startHeartbeat(stream);
      try {
        yield frameOf({ case: "opened", value: opened });
        for (const value of backlog) yield frameOf({ case: "event", value });
        yield frameOf({ case: "relations", value: await relations.readAll() });
        for await (const frame of stream) {
          yield frameOf(frame);
          if (frame.case === "end") return;
        }
      } finally {
        stopHeartbeat();
        signal.removeEventListener("abort", onAbort);
        streams.delete(stream);
      }
    },
  };
}
