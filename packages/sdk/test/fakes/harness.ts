import { createNimClient, type NimClient, type NimClientOptions, NimError } from "../../src/index.ts";
import { LoginStep } from "../../src/protocol.ts";
import { createFakeBackend, type FakeBackend, type Script } from "./fake-backend.ts";
import { createManualTimers, type ManualTimers } from "./manual-timers.ts";

const STEP_NAMES = new Map<number, string>(Object.entries(LoginStep).map(([name, number]) => [number, name]));

/** A client over a fake backend, on a clock that stands still, with everything it tells written down. */
export interface Harness {
  readonly nim: NimClient;
  readonly fake: FakeBackend;
  readonly timers: ManualTimers;
  /** Names of the login steps. */
  readonly steps: string[];
  /** Ids of the teams of `teamRemoved`, which the tests use as numbered events. */
  readonly received: string[];
  readonly states: string[];
  resets: number;
  kicks: number;
  readonly listenerErrors: unknown[];
  login(userId?: string): Promise<unknown>;
}

/** Every wait takes half of its limit: 125, 250, 500, 1000, 1500, 1500 … ms. */
export function createHarness(scripts?: Script[], options: Partial<NimClientOptions> = {}): Harness {
  const fake = createFakeBackend();
  if (scripts !== undefined) fake.scripts = scripts;
  const timers = createManualTimers();
  const listenerErrors: unknown[] = [];
  const nim = createNimClient({
    transport: fake.transport,
    timers,
    random: () => 0.5,
    deviceId: "phone",
    onListenerError: (error) => listenerErrors.push(error),
    ...options,
  } as NimClientOptions);
  const harness: Harness = {
    nim,
    fake,
    timers,
    steps: [],
    received: [],
    states: [],
    resets: 0,
    kicks: 0,
    listenerErrors,
    login: (userId = "Alice") => nim.auth.login({ userId, password: "pw" }),
  };
  nim.on("loginStep", ({ step }) => harness.steps.push(STEP_NAMES.get(step) ?? "?"));
  nim.on("teamRemoved", ({ team }) => harness.received.push(team?.teamId ?? ""));
  nim.on("kick", () => {
    harness.kicks += 1;
  });
  nim.onState((state) => harness.states.push(state));
  nim.onReset(() => {
    harness.resets += 1;
  });
  return harness;
}

/** What a call rejects with; fails the test when it is no `NimError`. */
export async function nimErrorOf(work: Promise<unknown>): Promise<NimError> {
  const reason = await work.then(
    () => "nothing: it resolved",
    (error: unknown) => error,
  );
  if (!(reason instanceof NimError)) throw new Error(`expected a NimError, got ${String(reason)}`);
  return reason;
}
