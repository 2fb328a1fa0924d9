import type { DescMessage, Message } from "@bufbuild/protobuf";
import { NimError } from "@nimkit/sdk";
import { fillIn } from "./fill-in.ts";
import { mismatch } from "./match.ts";
import type { Participant } from "./participants.ts";
import type { JsonObject, ScenarioClient } from "./scenario.ts";
import type { ScenarioStage } from "./stage.ts";
import type { StartedCall } from "./started-call.ts";

/** What one step brought: the result of a call, the code of its error, or the payload of an event. */
export interface TranscriptLine {
  /** Place in the scenario: `3`, or inside a repeat `3.2.0`, with the round in the middle. */
  readonly step: string;
  readonly what: string;
  readonly platform: ScenarioClient["platform"];
  /** Type of the value. */
  readonly schema?: DescMessage;
  readonly value?: Message;
  readonly error?: number;
}

/** A line before it has its place. */
export type Line = Omit<TranscriptLine, "step">;

/** Who is there, what they kept and what they are doing. */
export interface Scene {
  readonly stage: ScenarioStage;
  readonly people: ReadonlyMap<string, Participant>;
  readonly kept: Map<string, unknown>;
  readonly started: Map<string, StartedCall>;
}

/** The client of this name. @throws Error when there is none */
export function find(scene: Scene, name: string): Participant {
  const person = scene.people.get(name);
  if (!person) throw new Error(`nobody is called ${name}`);
  return person;
}

/** The client and the name behind the dot of `client.name`. */
export function address(scene: Scene, target: string): [Participant, string] {
  const [name = "", what = ""] = target.split(".");
  return [find(scene, name), what];
}

/** Compares what came with what a step expects of it. @throws Error that says what is missing */
export function check(
  actual: unknown,
  expected: JsonObject | undefined,
  scene: Scene,
  person: Participant,
  schema?: DescMessage,
): void {
  if (!expected) return;
  const { stage } = scene;
  const carries =
    stage.carries && ((field: DescMessage["fields"][number]) => stage.carries?.(field, person.spec) !== false);
  const wrong = mismatch(actual, fillIn(expected, scene.kept), "result", { schema, carries });
  if (wrong) throw new Error(wrong);
}

/** The code that a call failed with, which must be the expected one, given by that rpc. @throws what it failed with */
export function expectedFailure(reason: unknown, code: number | undefined, rpc: string): number {
  if (code === undefined || !(reason instanceof NimError)) throw reason;
  if (reason.code !== code) throw new Error(`failed with ${reason.code}: ${reason.message}`, { cause: reason });
  if (reason.method !== rpc) throw new Error(`${code} came from ${reason.method}`, { cause: reason });
  return reason.code;
}
