import type { DescMessage, Message } from "@bufbuild/protobuf";
import { payloadOf, rpcOf } from "./check-scenario.ts";
import { fillIn } from "./fill-in.ts";
import { deviceIdOf, inTime, type Participant, settle, untilSeen, untilTold } from "./participants.ts";
import type { AskStep, CallStep, EventStep, JsonObject, KickStep, SingleStep, StartStep } from "./scenario.ts";
import { address, check, expectedFailure, find, type Line, type Scene } from "./scene.ts";
import { startCall } from "./started-call.ts";
import { runStartedStep } from "./started-step.ts";

/** Does one step. @throws when it does not hold */
export async function runStep(step: SingleStep, scene: Scene): Promise<readonly Line[]> {
  const { stage } = scene;
  if ("call" in step) return call(step, scene);
  if ("start" in step) return start(step, scene);
  if ("step" in step || "end" in step || "leave" in step) return runStartedStep(step, scene);
  if ("event" in step) return takeEvent(step, scene);
  if ("quiet" in step) await quiet(step.quiet, scene);
  else if ("ask" in step) await ask(step, scene);
  else if ("advance" in step) stage.control.clock.advance(step.advance);
  else if ("policy" in step) stage.control.setPolicy(step.policy);
  else if ("seed" in step) stage.control.seed(step.seed);
  else if ("kick" in step) kick(step, scene);
  else if ("room" in step) stage.control.rooms.order(step.room, step.order);
  else if ("drop" in step) await drop(find(scene, step.drop), scene);
  else {
    const person = find(scene, step.reconnect);
    person.network.mend();
    await untilTold(person, () => person.nim.state === "online", "the stream did not open again");
  }
  return [];
}

interface Target {
  readonly person: Participant;
  readonly what: string;
  /** The rpc, such as `message.sendText`. */
  readonly rpc: string;
  readonly schema: DescMessage;
  run(input: JsonObject | undefined, signal?: AbortSignal): unknown;
}

function targetOf(what: string, scene: Scene): Target {
  const [name = "", service = "", method = ""] = what.split(".");
  const person = find(scene, name);
  const schema = rpcOf(what)?.output;
  const api = Object(Reflect.get(person.nim, service));
  const run: unknown = Reflect.get(api, method);
  if (!schema || typeof run !== "function") throw new Error(`there is no ${service}.${method}`);
  return {
    person,
    what,
    rpc: `${service}.${method}`,
    schema,
    run: (input, signal) => Reflect.apply(run, api, [fillIn(input ?? {}, scene.kept), signal ? { signal } : {}]),
  };
}

async function call(step: CallStep, scene: Scene): Promise<readonly Line[]> {
  const target = targetOf(step.call, scene);
  const { person, schema, what } = target;
  const line = { what, platform: person.spec.platform, schema };
  const got: Message[] = [];
  let result: unknown;
  try {
    const answer = target.run(step.with);
    if (isStream(answer)) {
      result = { steps: got };
      await inTime(readAll(answer, got), `${what} did not end`);
    } else {
      const message = await (answer as Promise<Message>);
      got.push(message);
      result = message;
    }
  } catch (reason) {
    return [
      ...got.map((value) => ({ ...line, value })),
      { ...line, error: expectedFailure(reason, step.error, target.rpc) },
    ];
  }
  if (step.error !== undefined) throw new Error(`the call succeeded instead of failing with ${step.error}`);
  check(result, step.expect, scene, person, isMessageLike(result) ? schema : undefined);
  if (step.keep) scene.kept.set(step.keep, result);
  return got.map((value) => ({ ...line, value }));
}

const isStream = (value: unknown): value is AsyncIterable<Message> =>
  typeof value === "object" && value !== null && Symbol.asyncIterator in value;
const isMessageLike = (value: unknown): boolean => typeof value === "object" && value !== null && "$typeName" in value;

async function readAll(answers: AsyncIterable<Message>, into: Message[]): Promise<void> {
  for await (const answer of answers) into.push(answer);
}

async function start(step: StartStep, scene: Scene): Promise<readonly Line[]> {
  const target = targetOf(step.start, scene);
  const { person, what, schema } = target;
  const started = startCall({ person, what, schema }, (signal) => {
    const answers = target.run(step.with, signal);
    if (!isStream(answers)) throw new Error(`${what} answers once`);
    return answers;
  });
  scene.started.set(step.keep, started);
  await started.first();
  return [];
}

async function takeEvent(step: EventStep, scene: Scene): Promise<readonly Line[]> {
  const [person, name] = address(scene, step.event);
  await untilTold(person, () => person.inbox.some((event) => event.name === name), "no such event came");
  const index = person.inbox.findIndex((event) => event.name === name);
  const [event] = person.inbox.splice(index, 1);
  const schema = payloadOf(step.event);
  check(event?.value, step.expect, scene, person, schema);
  if (step.keep) scene.kept.set(step.keep, event?.value);
  const { platform } = person.spec;
  return [{ what: step.event, platform, ...(schema && { schema }), ...(event && { value: event.value }) }];
}

async function quiet(target: string, scene: Scene): Promise<void> {
  const [person, name] = address(scene, target);
  await settle(person, scene.stage);
  const left = person.inbox.filter((event) => event.name === name);
  if (left.length > 0) throw new Error(`${left.length} more ${name} events: ${JSON.stringify(left[0]?.value)}`);
}

/** Asks what the client knows, and what the callback module says if there is one in between. */
async function ask({ ask: target, of: whom = "", expect }: AskStep, scene: Scene): Promise<void> {
  const { stage } = scene;
  const of = String(fillIn(whom, scene.kept));
  const [person, name] = address(scene, target);
  const { nim } = person;
  const entries: Record<string, () => boolean> = {
    isLogined: () => nim.isLogined(),
    isMyFriend: () => nim.isMyFriend(of),
    isMyTeam: () => nim.isMyTeam(of),
  };
  const answer = entries[name];
  if (!answer) throw new Error(`there is no synchronous entry ${name}`);
  await settle(person, stage);
  await untilSeen(() => answer() === expect, `the answer is ${!expect}`);
  if (stage.ask) await untilSeen(() => stage.ask?.(person.name, name, of) === expect, `the module answers ${!expect}`);
}

function kick({ kick: account, client, reason }: KickStep, { stage }: Scene): void {
  stage.control.kick(account, {
    ...(client !== undefined && { deviceId: deviceIdOf(client) }),
    ...(reason !== undefined && { reason }),
  });
}

/** Cuts a client off, and waits until the backend has noticed too. */
async function drop(person: Participant, { stage: { control } }: Scene): Promise<void> {
  const open = control.openStreams();
  const was = person.nim.state;
  person.network.cut();
  await untilTold(person, () => person.nim.state !== "online", "the stream did not break");
  if (was === "online") await untilSeen(() => control.openStreams() < open, "the backend did not notice");
}
