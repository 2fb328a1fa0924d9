import { checkScenario } from "./check-scenario.ts";
import { fillTexts } from "./fill-in.ts";
import { join, type Participant } from "./participants.ts";
import { runStep } from "./run-step.ts";
import type { Scenario, ScenarioStep } from "./scenario.ts";
import type { Scene, TranscriptLine } from "./scene.ts";
import type { ScenarioStage } from "./stage.ts";

/** What a scenario brought. */
export interface ScenarioResult {
  readonly transcript: readonly TranscriptLine[];
  /** Steps that the stage could not do, because the callback module does not have them. */
  readonly skipped: number;
}

/** Runs a scenario; throws at the first step that does not hold, naming the scenario and the step. */
export async function runScenario(scenario: Scenario, stage: ScenarioStage): Promise<ScenarioResult> {
  checkScenario(scenario);
  if (scenario.policy) stage.control.setPolicy(scenario.policy);
  if (scenario.seed) stage.control.seed(scenario.seed);
  const people = new Map<string, Participant>();
  const run: Run = { scenario, stage, people, kept: new Map(), started: new Map(), transcript: [], skipped: 0 };
  try {
    for (const [name, spec] of Object.entries(scenario.clients)) {
      people.set(name, await join(stage, spec, name, scenario.files ?? {}));
    }
    await runSteps(scenario.steps, run, "");
  } finally {
    for (const started of run.started.values()) started.leave();
    for (const { nim } of people.values()) nim.close();
  }
  return { transcript: run.transcript, skipped: run.skipped };
}

interface Run extends Scene {
  readonly scenario: Scenario;
  readonly transcript: TranscriptLine[];
  skipped: number;
}

async function runSteps(steps: readonly ScenarioStep[], run: Run, path: string): Promise<void> {
  for (const [index, step] of steps.entries()) {
    const place = `${path}${index}`;
    if (run.stage.throughModule && step.extension) run.skipped += 1;
    else if ("repeat" in step) {
      for (let round = 1; round <= step.repeat; round += 1) {
        if (step.as) run.kept.set(step.as, round);
        await runSteps(step.steps, run, `${place}.${round}.`);
      }
    } else {
      try {
        const lines = await runStep(fillTexts(step, run.kept), run);
        run.transcript.push(...lines.map((line) => ({ step: place, ...line })));
      } catch (error) {
        const what = `${run.scenario.name}, step ${place} ${JSON.stringify(step)}`;
        // The reason's text is enough; its details would hide it.
        throw new Error(`${what}: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  }
}
