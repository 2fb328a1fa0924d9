// The scenarios and what is written from them, as files.
import { globSync, readFileSync } from "node:fs";
import { join, resolve, sep } from "node:path";
import { type Scenario, scenarioSchema } from "@nimkit/server-mock/scenarios";
import { renderCoverage, type ScenarioFile } from "./coverage-page.ts";

const root = resolve(import.meta.dirname, "..");
const folder = join(root, "packages/server-mock/scenarios");
const schemaFile = "scenario.schema.json";

/** Every scenario, sorted by path. */
export function readScenarios(): readonly ScenarioFile[] {
  return globSync("**/*.json", { cwd: folder })
    .filter((path) => path !== schemaFile)
    .map((path) => ({
      path: path.split(sep).join("/"),
      scenario: JSON.parse(readFileSync(join(folder, path), "utf8")) as Scenario,
    }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Path and text of every file that follows from the scenarios and the runner. */
export function writtenFiles(): readonly { readonly path: string; readonly text: string }[] {
  return [
    { path: join(root, "apps/docs/reference/coverage.md"), text: renderCoverage(readScenarios()) },
    { path: join(folder, schemaFile), text: `${JSON.stringify(scenarioSchema(), null, 2)}\n` },
  ];
}
