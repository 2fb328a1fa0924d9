export {
  createScenarioClient,
  runScenario,
  type ScenarioResult,
  type ScenarioStage,
  type TranscriptLine,
} from "./run-scenario.ts";
export type { Scenario, ScenarioClient, ScenarioStep } from "./scenario.ts";
