import type { DescMessage, DescService, Message } from "@bufbuild/protobuf";
import type { Transport } from "@connectrpc/connect";
import { createNimClient, type NimClient, NimError } from "@nimkit/sdk";
import { EventSchema, nimServices } from "@nimkit/sdk/protocol";
import { fillIn, mismatch } from "./match.ts";
import { createNetworkSwitch, type NetworkSwitch } from "./network-switch.ts";
import type { CallStep, EventStep, JsonObject, Scenario, ScenarioClient, ScenarioStep } from "./scenario.ts";

/** A backend behind some transport, as a scenario needs it. */
export interface ScenarioStage {
  /** What the clients of this stage are made on; the network switch sits between the client and this transport. */
  transportFor(client: ScenarioClient, name: string): Transport | Promise<Transport>;
  /** A client on a transport; only a stage with something between them differs. */
  clientOn?(transport: Transport, client: ScenarioClient, name: string): NimClient;
  /** Moves the backend's clock. */
  advance(ms: number): void | Promise<void>;
  /** The stage speaks through the callback module: steps marked as extensions are skipped. */
  readonly throughModule?: true;
}

/** What one step brought: the result of a call, the code of its error, or the payload of an event. */
export interface TranscriptLine {
  readonly step: number;
  readonly what: string;
  readonly platform: ScenarioClient["platform"];
  /** Type of the value. */
  readonly schema?: DescMessage;
  readonly value?: Message;
  readonly error?: number;
}

export interface ScenarioResult {
  readonly transcript: readonly TranscriptLine[];
  readonly skipped: number;
}

/** Longest that a step waits for an event, in ms of real time: only a failing scenario waits that long. */
const EVENT_WAIT_MS = 5_000;
/** Pause before a reconnect, in ms: the scenario's own switch decides when the network is back. */
const RECONNECT_PAUSE_MS = 10;

interface Participant {
  readonly spec: ScenarioClient;
  readonly nim: NimClient;
  readonly network: NetworkSwitch;
  readonly inbox: { readonly name: string; readonly value: Message }[];
  /** Called whenever something new is in the inbox. */
  wake: () => void;
}

/** Runs a scenario; throws at the first step that does not hold, naming it. */
export async function runScenario(scenario: Scenario, stage: ScenarioStage): Promise<ScenarioResult> {
  const kept = new Map<string, unknown>();
  const transcript: TranscriptLine[] = [];
  const people = new Map<string, Participant>();
  let skipped = 0;
  for (const [name, spec] of Object.entries(scenario.clients)) people.set(name, await join(stage, spec, name));
  try {
    for (const [index, step] of scenario.steps.entries()) {
      if (stage.throughModule && step.extension) {
        skipped += 1;
        continue;
      }
      try {
        const line = await runStep(step, { people, kept, stage });
        if (line) transcript.push({ step: index, ...line });
      } catch (error) {
        throw new Error(`${scenario.name}, step ${index} ${JSON.stringify(step)}: ${String(error)}`, { cause: error });
      }
    }
  } finally {
    await Promise.all([...people.values()].map(({ nim }) => nim.close()));
  }
  return { transcript, skipped };
}

async function join(stage: ScenarioStage, spec: ScenarioClient, name: string): Promise<Participant> {
  const network = createNetworkSwitch(await stage.transportFor(spec, name));
  const nim = stage.clientOn?.(network.transport, spec, name) ?? createScenarioClient(network.transport, spec, name);
  const person: Participant = { spec, nim, network, inbox: [], wake: () => undefined };
  nim.onAny((event) => {
    person.inbox.push({ name: event.name, value: event.value });
    person.wake();
  });
  return person;
}

/** A client with ids that repeat from run to run. */
export function createScenarioClient(transport: Transport, spec: ScenarioClient, name: string): NimClient {
  let count = 0;
  return createNimClient({
    transport,
    platform: spec.platform,
    deviceId: `${name}-device`,
    ids: () => `${name}-${++count}`,
    backoff: { baseMs: RECONNECT_PAUSE_MS, maxMs: RECONNECT_PAUSE_MS },
  });
}

interface Scene {
  readonly people: ReadonlyMap<string, Participant>;
  readonly kept: Map<string, unknown>;
  readonly stage: ScenarioStage;
}

type Line = Omit<TranscriptLine, "step">;

async function runStep(step: ScenarioStep, scene: Scene): Promise<Line | undefined> {
  if ("call" in step) return call(step, scene);
  if ("event" in step) return takeEvent(step, scene);
  if ("advance" in step) await scene.stage.advance(step.advance);
  else if ("drop" in step) {
    const person = find(scene, step.drop);
    person.network.cut();
    await until(person, () => person.nim.state !== "online", "the stream did not break");
  } else if ("reconnect" in step) {
    const person = find(scene, step.reconnect);
    person.network.mend();
    await until(person, () => person.nim.state === "online", "the stream did not open again");
  } else if ("quiet" in step) {
    const [person, name] = address(scene, step.quiet);
    const left = person.inbox.filter((event) => event.name === name);
    if (left.length > 0) throw new Error(`${left.length} more ${name} events`);
  } else {
    const [person, name] = address(scene, step.ask);
    const answers: Record<string, () => boolean> = {
      isLogined: () => person.nim.isLogined(),
      isMyFriend: () => person.nim.isMyFriend(step.of ?? ""),
      isMyTeam: () => person.nim.isMyTeam(step.of ?? ""),
    };
    const answer = answers[name]?.();
    if (answer !== step.expect) throw new Error(`the answer is ${answer}`);
  }
  return undefined;
}

async function call(step: CallStep, scene: Scene): Promise<Line> {
  const [name = "", service = "", method = ""] = step.call.split(".");
  const person = find(scene, name);
  const services: Readonly<Record<string, DescService>> = nimServices;
  const schema = services[service]?.methods.find(({ localName }) => localName === method)?.output;
  const run: unknown = Reflect.get(Object(Reflect.get(person.nim, service)), method);
  if (!schema || typeof run !== "function") throw new Error(`there is no ${service}.${method}`);
  const line = { what: step.call, platform: person.spec.platform, schema };
  try {
    const result: Message = await run(fillIn(step.with ?? {}, scene.kept));
    if (step.error !== undefined) throw new Error(`the call succeeded instead of failing with ${step.error}`);
    check(result, step.expect, scene);
    if (step.keep) scene.kept.set(step.keep, result);
    return { ...line, value: result };
  } catch (error) {
    if (step.error === undefined || !(error instanceof NimError)) throw error;
    if (error.code !== step.error) throw new Error(`the call failed with ${error.code}: ${error.message}`);
    return { ...line, error: error.code };
  }
}

async function takeEvent(step: EventStep, scene: Scene): Promise<Line> {
  const [person, name] = address(scene, step.event);
  await until(person, () => person.inbox.some((event) => event.name === name), "no such event came");
  const index = person.inbox.findIndex((event) => event.name === name);
  const [event] = person.inbox.splice(index, 1);
  check(event?.value, step.expect, scene);
  if (step.keep) scene.kept.set(step.keep, event?.value);
  const schema = EventSchema.fields.find(({ localName }) => localName === name)?.message;
  return {
    what: step.event,
    platform: person.spec.platform,
    ...(schema && { schema }),
    ...(event && { value: event.value }),
  };
}

function check(actual: unknown, expected: JsonObject | undefined, scene: Scene): void {
  const wrong = expected && mismatch(actual, fillIn(expected, scene.kept), "result");
  if (wrong) throw new Error(wrong);
}

function find(scene: Scene, name: string): Participant {
  const person = scene.people.get(name);
  if (!person) throw new Error(`nobody is called ${name}`);
  return person;
}

function address(scene: Scene, target: string): [Participant, string] {
  const [name = "", what = ""] = target.split(".");
  return [find(scene, name), what];
}

/** Waits for a condition that an event or a change of the connection's state brings about. */
function until(person: Participant, holds: () => boolean, failure: string): Promise<void> {
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
    }, EVENT_WAIT_MS);
    const stop = person.nim.onState(look);
    person.wake = look;
  });
}
