// Plays every scenario on some stages; what the clients saw is compared with the stage in memory.
import { runScenario, type Scenario, type ScenarioStep, type TranscriptLine } from "@nimkit/server-mock/scenarios";
import { beforeAll, describe, expect, test } from "vitest";
import { readScenarios } from "../../../../scripts/scenario-files.ts";
import { memory, type StageName, stages } from "./stages.ts";
import { comparable, projected } from "./transcripts.ts";

/** How many steps are left out where there is the callback module in between. */
function countExtensions(steps: readonly ScenarioStep[]): number {
  return steps.reduce((sum, step) => {
    if (step.extension) return sum + 1;
    return "repeat" in step ? sum + step.repeat * countExtensions(step.steps) : sum;
  }, 0);
}

async function inMemory(scenario: Scenario, skipExtensions: boolean): Promise<readonly TranscriptLine[]> {
  const stage = memory();
  const { transcript } = await runScenario(scenario, { ...stage, ...(skipExtensions && { throughModule: true }) });
  await stage.close();
  return transcript;
}

/** Declares the tests: one for each scenario and stage. */
export function playOn(names: readonly StageName[]): void {
  const cases = readScenarios().map(({ scenario }) => [scenario.name, scenario] as const);
  describe.each(cases)("%s", (_, scenario) => {
    let whole: readonly TranscriptLine[];
    let withoutExtensions: readonly TranscriptLine[];
    beforeAll(async () => {
      whole = await inMemory(scenario, false);
      withoutExtensions = await inMemory(scenario, true);
    });

    test.each(names)("%s", async (name) => {
      const stage = await stages[name]();
      try {
        const { transcript, skipped } = await runScenario(scenario, stage);
        if (stage.throughModule) {
          expect(skipped).toBe(countExtensions(scenario.steps));
          expect(projected(transcript)).toEqual(projected(withoutExtensions));
        } else {
          expect(skipped).toBe(0);
          expect(comparable(transcript)).toEqual(comparable(whole));
        }
      } finally {
        await stage.close();
      }
    });
  });
}
