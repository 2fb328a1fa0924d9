import type { Message } from "@bufbuild/protobuf";
import type { Transport } from "@connectrpc/connect";
import { createNimClient, type NimClient } from "@nimkit/sdk";
import { createNetworkSwitch, type NetworkSwitch } from "./network-switch.ts";
import type { ScenarioClient } from "./scenario.ts";
import type { ScenarioFiles, ScenarioStage } from "./stage.ts";

/** Longest that a step waits for an event, in ms of real time: only a failing scenario waits that long. */
const WAIT_MS = 5_000;
/** Pause before a reconnect, in ms: the scenario's own switch decides when the network is back. */
const RECONNECT_PAUSE_MS = 10;
/** Pause between two looks at something that cannot call back, in ms. */
const LOOK_MS = 2;

/** A client of a scenario, and what it got. */
export interface Participant {
  readonly name: string;
  readonly spec: ScenarioClient;
  readonly nim: NimClient;
  readonly network: NetworkSwitch;
  readonly inbox: { readonly name: string; readonly value: Message }[];
  /** Offset of the newest event. */
  seen: number;
  /** Called whenever something new is in the inbox. */
  wake: () => void;
}

/** Id of the device that a client of this name is. */
export const deviceIdOf = (name: string): string => `${name}-device`;

/** Makes a client of a scenario on a stage. */
export async function join(
  stage: ScenarioStage,
  spec: ScenarioClient,
  name: string,
  files: ScenarioFiles,
): Promise<Participant> {
  const network = createNetworkSwitch(await stage.transportFor(spec, name));
  const make = stage.clientOn ?? createScenarioClient;
  const nim = make(network.transport, spec, name, files);
  const person: Participant = { name, spec, nim, network, inbox: [], seen: 0, wake: () => undefined };
  nim.onAny((event) => {
    person.inbox.push({ name: event.name, value: event.value });
    person.seen = event.offset ?? person.seen;
    person.wake();
  });
  return person;
}

/** A client with ids that repeat from run to run, and the scenario's files. */
export function createScenarioClient(
  transport: Transport,
  spec: ScenarioClient,
  name: string,
  files: ScenarioFiles = {},
): NimClient {
  let count = 0;
  const options = {
    transport,
    platform: spec.platform,
    deviceId: deviceIdOf(name),
    ids: () => `${name}-${++count}`,
    backoff: { baseMs: RECONNECT_PAUSE_MS, maxMs: RECONNECT_PAUSE_MS },
    resolveFile: async (path: string) => readFile(files, path),
  };
  return createNimClient(options);
}

function readFile(files: ScenarioFiles, path: string): Uint8Array<ArrayBuffer> {
  const file = Object.hasOwn(files, path) ? files[path] : undefined;
  if (file === undefined) throw new Error(`the scenario has no file ${path}`);
  if ("text" in file) return new TextEncoder().encode(file.text);
  return Uint8Array.from(atob(file.base64), (character) => character.charCodeAt(0));
}

/** Waits for a condition that an event or a change of the connection's state brings about. */
export function untilTold(person: Participant, holds: () => boolean, failure: string): Promise<void> {
  if (holds()) return Promise.resolve();
  return new Promise((resolve, reject) => {
    const done = () => {
      clearTimeout(timer);
      stop();
      person.wake = () => undefined;
    };
    const look = () => {
      if (!holds()) return;
      done();
      resolve();
    };
    const timer = setTimeout(() => {
      done();
      reject(new Error(failure));
    }, WAIT_MS);
    const stop = person.nim.onState(look);
    person.wake = look;
  });
}

/** Waits for a condition that nobody tells of. */
export async function untilSeen(holds: () => boolean | Promise<boolean>, failure: string): Promise<void> {
  const end = performance.now() + WAIT_MS;
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(failure);
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

/** Rejects when an answer does not come in time. */
export async function inTime<T>(answer: Promise<T>, failure: string): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(failure)), WAIT_MS);
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}

/** Waits until everything that the backend sent to the client has arrived. */
export async function settle(person: Participant, stage: ScenarioStage): Promise<void> {
  const { name, nim } = person;
  const seen = () => stage.seen?.(name) ?? person.seen;
  await untilSeen(
    () => nim.state !== "online" || seen() >= stage.delivered(deviceIdOf(name)),
    "not every event arrived",
  );
  // What passes through the callback module is handed on in later turns.
  if (stage.throughModule) await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
}
