export { checkScenario } from "./check-scenario.ts";
export { createScenarioClient } from "./participants.ts";
export { runScenario, type ScenarioResult } from "./run-scenario.ts";
export type { Scenario, ScenarioClient, ScenarioFile, ScenarioStep } from "./scenario.ts";
export { scenarioSchema } from "./scenario-schema.ts";
export type { TranscriptLine } from "./scene.ts";
export { createStageBackend, type ScenarioFiles, type ScenarioStage, type StageBackend } from "./stage.ts";
export { entryOfAsk, eventOfStep, provokedErrors, rpcOfStep, type WalkedStep, walkSteps } from "./walk.ts";
