// Every entry on every transport, every declared error, and pages that say so.
import { readFileSync } from "node:fs";
import { methodErrors } from "@nimkit/sdk";
import { provokedErrors } from "@nimkit/server-mock/scenarios";
import { expect, test } from "vitest";
import { type StageName, stages } from "../packages/server-mock/test/scenarios/stages.ts";
import { COLUMNS, type Column, collectCoverage } from "../scripts/coverage-page.ts";
import { readScenarios, writtenFiles } from "../scripts/scenario-files.ts";

/** Stages behind each column. Every scenario is played on all of them. */
const STAGES_OF: Readonly<Record<Column, readonly StageName[]>> = {
  memory: ["memory"],
  MSW: ["MSW in Node"],
  HTTP: ["Connect JSON", "Connect binary", "Connect JSON by fetch", "gRPC-Web", "gRPC"],
  "callback module": ["callback module"],
  apicloud: ["apicloud"],
};
const MIN_SCENARIOS = 60;

const files = readScenarios();
const rows = collectCoverage(files);

test("every stage has its column", () => {
  expect(COLUMNS.flatMap((column) => STAGES_OF[column]).sort()).toEqual(Object.keys(stages).sort());
});

test("no entry is without a scenario, on any transport", () => {
  expect(rows.length).toBe(125);
  const empty = rows.flatMap(({ entry, scenarios }) =>
    COLUMNS.filter((column) => scenarios[column].length === 0).map((column) => `${entry.name} on ${column}`),
  );
  expect(empty).toEqual([]);
});

test("every error that an rpc declares is given by that rpc in a scenario", () => {
  const provoked = new Set(files.flatMap(({ scenario }) => [...provokedErrors(scenario)]));
  // Clients subscribe by themselves, and never with a wrong cursor: test/services/checks.test.ts does.
  const declared = Object.entries<readonly number[]>(methodErrors)
    .filter(([rpc]) => rpc !== "event.subscribe")
    .flatMap(([rpc, codes]) => codes.map((code) => `${rpc} ${code}`));
  expect(declared.filter((pair) => !provoked.has(pair))).toEqual([]);
  // A scenario that sees another code has found a hole in the schema. Without a login every rpc gives one of two, and all give 503 while the service is busy.
  const known = new Set(declared);
  expect([...provoked].filter((pair) => !known.has(pair) && !/ (13|408|415|503)$/.test(pair))).toEqual([]);
});

test("there are enough stories, each with a name of its own", () => {
  expect(files.length).toBeGreaterThanOrEqual(MIN_SCENARIOS);
  expect(new Set(files.map(({ scenario }) => scenario.name)).size).toBe(files.length);
});

test.each(writtenFiles())("$path is up to date; if not, run: npm run coverage", ({ path, text }) => {
  const written = readFileSync(path, "utf8");
  // The formatter has its own way with JSON.
  if (path.endsWith(".json")) expect(JSON.parse(written)).toEqual(JSON.parse(text));
  else expect(written).toBe(text);
});
