// Every scenario through MSW in a real Chromium; what the clients saw is compared with the stage in memory.
import { createHttpTransport } from "@nimkit/sdk";
import { mockHandlers } from "@nimkit/server-mock/msw";
import { createStageBackend, runScenario, type Scenario } from "@nimkit/server-mock/scenarios";
import { setupWorker } from "msw/browser";
import { afterAll, beforeAll, expect, test } from "vitest";
import { comparable } from "../scenarios/transcripts.ts";

const files = import.meta.glob<Scenario>(["../../scenarios/**/*.json", "!**/scenario.schema.json"], {
  eager: true,
  import: "default",
});
const scenarios = Object.values(files).map((scenario) => [scenario.name, scenario] as const);

const baseUrl = location.origin;
const worker = setupWorker();

beforeAll(async () => {
  await worker.start({ quiet: true, onUnhandledFrame: "bypass" });
});
afterAll(() => worker.stop());

test("there is something to play", () => {
  expect(scenarios.length).toBeGreaterThan(0);
});

test.each(scenarios)("%s", async (_, scenario) => {
  const memory = createStageBackend();
  const expected = await runScenario(scenario, { ...memory, transportFor: () => memory.backend.transport() });
  await memory.backend.close();

  const { backend, ...hooks } = createStageBackend();
  worker.use(...mockHandlers(backend, { baseUrl }));
  try {
    const transportFor = () => createHttpTransport({ baseUrl });
    const { transcript, skipped } = await runScenario(scenario, { ...hooks, transportFor });
    expect(skipped).toBe(0);
    expect(comparable(transcript)).toEqual(comparable(expected.transcript));
  } finally {
    worker.resetHandlers();
    await backend.close();
  }
});
