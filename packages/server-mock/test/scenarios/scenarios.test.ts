// Every scenario on every stage; what the clients saw is compared with the stage in memory.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { project } from "@nimkit/sdk/module";
import { runScenario, type Scenario, type TranscriptLine } from "@nimkit/server-mock/scenarios";
import { beforeAll, describe, expect, test } from "vitest";
import { memory, stages } from "./stages.ts";

const folder = join(import.meta.dirname, "../../scenarios");
const scenarios = readdirSync(folder).map((file) => JSON.parse(readFileSync(join(folder, file), "utf8")) as Scenario);

/**
 * What may differ from run to run: a login's token by design, and server ids, which follow from the place in the log
 * that a call has beside the connects and disconnects of others. The descriptor is no part of what was seen.
 */
const VARIES = new Set(["accessToken", "serverId"]);
const comparable = ({ schema: _, ...line }: TranscriptLine) =>
  JSON.parse(JSON.stringify(line, (key, value) => (VARIES.has(key) ? undefined : value))) as unknown;

/** What of a transcript the callback module can carry. */
const projected = (lines: readonly TranscriptLine[]) =>
  lines.map(({ value, ...line }) => {
    const seen = value && line.schema ? project(line.platform, value, line.schema) : undefined;
    return comparable({ ...line, ...(seen && { value: seen }) });
  });

describe.each(scenarios.map((scenario) => [scenario.name, scenario] as const))("%s", (_, scenario) => {
  const extensions = scenario.steps.filter((step) => step.extension).length;
  let whole: readonly TranscriptLine[];
  let withoutExtensions: readonly TranscriptLine[];
  beforeAll(async () => {
    const play = async (skipExtensions: boolean) => {
      const stage = memory();
      const { transcript } = await runScenario(scenario, { ...stage, ...(skipExtensions && { throughModule: true }) });
      await stage.close();
      return transcript;
    };
    whole = await play(false);
    withoutExtensions = await play(true);
  });

  test.each(Object.entries(stages))("%s", async (_name, open) => {
    const stage = await open();
    try {
      const { transcript, skipped } = await runScenario(scenario, stage);
      if (stage.throughModule) {
        expect(skipped).toBe(extensions);
        expect(projected(transcript)).toEqual(projected(withoutExtensions));
      } else {
        expect(skipped).toBe(0);
        expect(transcript.map(comparable)).toEqual(whole.map(comparable));
      }
    } finally {
      await stage.close();
    }
  });
});
