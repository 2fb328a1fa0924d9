/** Plain JSON, as a scenario file holds it. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/** A device that takes part. */
export interface ScenarioClient {
  readonly account: string;
  readonly platform: "ios" | "android" | "web";
}

interface StepText {
  /** Why the step is there; it shows up in failures. */
  readonly note?: string;
  /** The step uses something that the callback module does not have: it is skipped (and counted) there. */
  readonly extension?: true;
}

/** Calls `client.service.method`; `"$name.path"` in the input stands for a value that an earlier step kept. */
export interface CallStep extends StepText {
  readonly call: string;
  readonly with?: JsonObject;
  /** Part of the result that must be there. */
  readonly expect?: JsonObject;
  /** The call must fail with this code instead. */
  readonly error?: number;
  readonly keep?: string;
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

export type ScenarioStep = CallStep | EventStep | QuietStep | AskStep | AdvanceStep | DropStep | ReconnectStep;

export interface Scenario {
  readonly name: string;
  readonly clients: Readonly<Record<string, ScenarioClient>>;
  readonly steps: readonly ScenarioStep[];
}
