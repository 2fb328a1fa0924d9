import { type CallControlType, CallType } from "@nimkit/sdk/protocol/enums";
import type { BackendOptions } from "../../src/backend/index.ts";
import type { Actor, Platform } from "../../src/engine/entry.ts";
import type { EventData, StartCallCommand } from "../../src/gen/commands.ts";
import { testBackend } from "./kit.ts";

type Payload = EventData["payload"];

type Values = { readonly [P in Payload as P["case"]]: P["value"] };

function isOf<K extends Payload["case"]>(
  payload: { readonly case: string; readonly value: unknown },
  kind: K,
): payload is { readonly case: K; readonly value: Values[K] } {
  return payload.case === kind;
}

const rect = { x: 0, y: 0 };
const media = { serverRecord: false, autoRotateRemoteVideo: true };

/** A test world, and the calls of CallService in short. */
export function callBackend(options: BackendOptions = {}) {
  const b = testBackend(options);
  const streams = new Map<string, AsyncIterator<unknown>>();
  const key = ({ account, deviceId }: Actor) => `${account} ${deviceId}`;

  /** Opens a device's stream. */
  const connect = async (actor: Actor): Promise<void> => {
    const stream = b.subscribe(actor, {})[Symbol.asyncIterator]();
    await stream.next();
    streams.set(key(actor), stream);
  };
  /** Values of the events of one kind that a device was told. */
  const values = <K extends Payload["case"]>(actor: Actor, kind: K): Values[K][] => {
    const told: readonly { readonly case: string; readonly value: unknown }[] = b.told(actor);
    return told.flatMap((payload) => (isOf(payload, kind) ? [payload.value] : []));
  };

  return {
    ...b,
    connect,
    values,
    /** Logs a device in and opens its stream of events. */
    async join(account: string, deviceId?: string, platform?: Platform): Promise<Actor> {
      const actor = b.login(account, deviceId, platform);
      await connect(actor);
      return actor;
    },
    /** Breaks a device's stream off. */
    async cut(actor: Actor): Promise<void> {
      await streams.get(key(actor))?.return?.();
    },
    start: (actor: Actor, callee: string, more: Partial<StartCallCommand> = {}): string =>
      b.execute("call.startCall", { type: CallType.AUDIO, callees: [callee], ...media, ...more }, actor).callId,
    respond: (actor: Actor, callId: string, accept: boolean, type: CallType = CallType.AUDIO) =>
      b.execute("call.responseCall", { callId, accept, type, ...media }, actor),
    signal: (actor: Actor, callId: string, type: CallControlType) =>
      b.execute("call.callControl", { callId, type }, actor),
    hangUp: (actor: Actor, callId: string) => b.execute("call.callHangup", { callId }, actor),
    /** Prepares the views of a device. */
    prepare: (actor: Actor) =>
      b.execute("callMedia.initCallRemoteView", { remoteRect: rect, localRect: rect, fixed: true }, actor),
    /** Where a device stands. */
    stateOf: (actor: Actor) => b.execute("call.currentCallId", {}, actor).state,
    /** Controls that a device got. */
    controls: (actor: Actor): CallControlType[] => values(actor, "callControl").map(({ control }) => control),
    /** Names of the call events that a device was told, in order. */
    heard: (actor: Actor): Payload["case"][] =>
      b.told(actor).flatMap(({ case: name }) => (name.startsWith("call") ? [name] : [])),
    /** How the calls of the world ended. */
    endings: () => b.journal.flatMap((event) => (event.type === "callEnded" ? [event.ending] : [])),
  };
}

export type CallBackend = ReturnType<typeof callBackend>;
