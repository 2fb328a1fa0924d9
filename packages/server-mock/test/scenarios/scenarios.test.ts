// Every scenario on every stage; what the clients saw is compared with the stage in memory.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { project } from "@nimkit/sdk/module";
import { runScenario, type Scenario, type TranscriptLine } from "@nimkit/server-mock/scenarios";
import { beforeAll, describe, expect, test } from "vitest";
import { stages } from "./stages.ts";

const folder = join(import.meta.dirname, "../../scenarios");
const scenarios = readdirSync(folder).map((file) => JSON.parse(readFileSync(join(folder, file), "utf8")) as Scenario);

/** The token of a login differs from run to run by design; the descriptor is no part of what was seen. */
const withoutSecrets = ({ schema: _, ...line }: TranscriptLine) =>
  JSON.parse(JSON.stringify(line, (key, value) => (key === "accessToken" ? undefined : value))) as unknown;

describe.each(scenarios.map((scenario) => [scenario.name, scenario] as const))("%s", (_, scenario) => {
  let reference: readonly TranscriptLine[];
  beforeAll(async () => {
    const stage = await stages.memory?.();
    if (!stage) throw new Error("there is no stage in memory");
    reference = (await runScenario(scenario, stage)).transcript;
    await stage.close();
  });

  test.each(Object.keys(stages))("%s", async (name) => {
    const stage = await stages[name]?.();
    if (!stage) throw new Error(`there is no stage ${name}`);
    try {
      const { transcript, skipped } = await runScenario(scenario, stage);
      if (!stage.throughModule) {
        expect(skipped).toBe(0);
        expect(transcript.map(withoutSecrets)).toEqual(reference.map(withoutSecrets));
        return;
      }
      expect(skipped).toBe(scenario.steps.filter((step) => step.extension).length);
      const comparable = reference.filter((line) => !scenario.steps[line.step]?.extension);
      const projected = (lines: readonly TranscriptLine[]) =>
        lines.map(({ value, ...line }) => {
          const seen = value && line.schema ? project(line.platform, value, line.schema) : undefined;
          return withoutSecrets({ ...line, ...(seen && { value: seen }) });
        });
      expect(projected(transcript)).toEqual(projected(comparable));
    } finally {
      await stage.close();
    }
  });
});
