import type { Scenario, ScenarioStep, SingleStep } from "./scenario.ts";

/** A step, and whether the callback module lacks what it uses. */
export interface WalkedStep {
  readonly step: SingleStep;
  readonly extension: boolean;
}

/** Every step of a scenario, once each, those inside of groups too. */
export function* walkSteps(scenario: Pick<Scenario, "steps">): Generator<WalkedStep> {
  yield* walk(scenario.steps, false);
}

function* walk(steps: readonly ScenarioStep[], inside: boolean): Generator<WalkedStep> {
  for (const step of steps) {
    const extension = inside || step.extension === true;
    if ("repeat" in step) yield* walk(step.steps, extension);
    else yield { step, extension };
  }
}

const afterDot = (address: string): string => address.slice(address.indexOf(".") + 1);

/** The rpc that a step calls, such as `message.sendText`, also when it is to fail; undefined for other steps. */
export function rpcOfStep(step: SingleStep): string | undefined {
  if ("call" in step) return afterDot(step.call);
  return "start" in step ? afterDot(step.start) : undefined;
}

/** The event that a step takes; undefined for other steps. */
export function eventOfStep(step: SingleStep): string | undefined {
  return "event" in step ? afterDot(step.event) : undefined;
}

/** The synchronous entry that a step asks; undefined for other steps. */
export function entryOfAsk(step: SingleStep): string | undefined {
  return "ask" in step ? afterDot(step.ask) : undefined;
}

/** Codes that a scenario provokes, as `message.sendText 404`. */
export function provokedErrors(scenario: Pick<Scenario, "steps">): ReadonlySet<string> {
  const rpcOfStarted = new Map<string, string>();
  const provoked = new Set<string>();
  for (const { step } of walkSteps(scenario)) {
    if ("start" in step) rpcOfStarted.set(step.keep, afterDot(step.start));
    if ("call" in step && step.error !== undefined) provoked.add(`${afterDot(step.call)} ${step.error}`);
    if ("end" in step && step.error !== undefined) provoked.add(`${rpcOfStarted.get(step.end)} ${step.error}`);
  }
  return provoked;
}
