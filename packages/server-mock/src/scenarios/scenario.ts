import type { KickReason } from "@nimkit/sdk/protocol/enums";
import type { RoomOrder } from "../engine/chat-room/room-order.ts";
import type { Policy } from "../engine/policy.ts";
import type { SeedData } from "../seed/seed-data.ts";

/** Plain JSON, as a scenario file holds it. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
/** An object of plain JSON. */
export type JsonObject = { readonly [key: string]: Json };

/** A device that takes part. Its device id is its name and `-device`. */
export interface ScenarioClient {
  readonly account: string;
  readonly platform: "ios" | "android" | "web";
}

/** The content of a file that a client can send by its path. */
export type ScenarioFile = { readonly base64: string } | { readonly text: string };

interface StepText {
  /** Why the step is there; it shows up in failures. */
  readonly note?: string;
  /** The step uses something that the callback module does not have: it is skipped (and counted) there. */
  readonly extension?: true;
}

/**
 * Calls `client.service.method`. In `with` and `expect`, `"$name.path"` stands for a value that an earlier step kept,
 * and `${name.path}` inside a text for its text; an item of a list goes by its index, `-1` is the last one.
 * `{"$times": 5001, "$of": "x"}` is a long text, `{"$base64": "aGk="}` are bytes. The result of an rpc that answers in steps is `{ "steps": […] }`.
 */
export interface CallStep extends StepText {
  readonly call: string;
  readonly with?: JsonObject;
  /**
   * Part of the result that must be there. `{"$absent": true}` stands for a field that is not set, `{"$any": true}` for
   * one with any value, `{"$gt": n}` for a larger number; a list can be asked for `$count`, `$first`, `$last`, and for
   * being `$ascending` or `$descending` by a field.
   */
  readonly expect?: JsonObject;
  /** The call must fail with this code instead. */
  readonly error?: number;
  readonly keep?: string;
}

/** Begins an rpc that answers in steps and waits until its first answer is there; `keep` names it. */
export interface StartStep extends StepText {
  readonly start: string;
  readonly with?: JsonObject;
  readonly keep: string;
}

/** Takes the next answer of a started rpc; waits for it. */
export interface NextStep extends StepText {
  readonly step: string;
  readonly expect?: JsonObject;
  readonly keep?: string;
}

/** A started rpc has given its last answer, or fails with this code in the place of one. */
export interface EndStep extends StepText {
  readonly end: string;
  readonly error?: number;
}

/** The reader of a started rpc goes away before its end. Nobody can leave a call of the callback module. */
export interface LeaveStep extends StepText {
  readonly leave: string;
  readonly extension: true;
}

/** Takes the oldest event of this name, `client.arm`, that the client got and no step took; waits for it. */
export interface EventStep extends StepText {
  readonly event: string;
  readonly expect?: JsonObject;
  readonly keep?: string;
}

/** Nothing of this name is left: every event that the client got was taken. */
export interface QuietStep extends StepText {
  readonly quiet: string;
}

/** Asks one of the synchronous entries: `client.isLogined`, `client.isMyFriend`, `client.isMyTeam`. */
export interface AskStep extends StepText {
  readonly ask: string;
  readonly of?: string;
  readonly expect: boolean;
}

/** Moves the backend's clock, in ms. */
export interface AdvanceStep extends StepText {
  readonly advance: number;
}

/** Cuts the client's network: streams break, calls fail. */
export interface DropStep extends StepText {
  readonly drop: string;
}

/** Gives the client its network back and waits until its stream is open again. */
export interface ReconnectStep extends StepText {
  readonly reconnect: string;
}

/** Changes settings of the backend's policy. */
export interface PolicyStep extends StepText {
  readonly policy: Partial<Policy>;
}

/** Adds to the world, quietly. */
export interface SeedStep extends StepText {
  readonly seed: SeedData;
}

/** Logs all devices of an account out from outside, or one client's. Default reason: by the server (2). */
export interface KickStep extends StepText {
  readonly kick: string;
  readonly client?: string;
  readonly reason?: KickReason;
}

/** Does to a chat room what only the app's own server can: closes it, mutes it or somebody in it, and so on. */
export interface RoomStep extends StepText {
  readonly room: string;
  readonly order: RoomOrder;
}

/** Runs steps several times; `$i` is the number of the round, from 1, and `${i}` its text. */
export interface RepeatStep extends StepText {
  readonly repeat: number;
  readonly as?: string;
  readonly steps: readonly ScenarioStep[];
}

/** One step that does something, as opposed to a group of them. */
export type SingleStep =
  | CallStep
  | StartStep
  | NextStep
  | EndStep
  | LeaveStep
  | EventStep
  | QuietStep
  | AskStep
  | AdvanceStep
  | DropStep
  | ReconnectStep
  | PolicyStep
  | SeedStep
  | KickStep
  | RoomStep;

/** What a scenario consists of. */
export type ScenarioStep = SingleStep | RepeatStep;

/** A story that must hold on every way to reach the mock. */
export interface Scenario {
  /** For editors: where the JSON schema of this file is. */
  readonly $schema?: string;
  readonly name: string;
  /** What the story is about, if the name does not say it all. */
  readonly note?: string;
  readonly clients: Readonly<Record<string, ScenarioClient>>;
  /** Settings that differ from the default policy. */
  readonly policy?: Partial<Policy>;
  /** Added to the default seed before anybody is there. */
  readonly seed?: SeedData;
  /** By path, what the clients' files hold. */
  readonly files?: Readonly<Record<string, ScenarioFile>>;
  readonly steps: readonly ScenarioStep[];
}
