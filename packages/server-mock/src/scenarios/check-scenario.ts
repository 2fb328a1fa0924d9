import type { DescService } from "@bufbuild/protobuf";
import { nimServices } from "@nimkit/sdk";
import { EventSchema } from "@nimkit/sdk/protocol";
import { defaultPolicy } from "../engine/policy.ts";
import { mergeSeeds } from "../seed/merge-seeds.ts";
import type { Scenario, ScenarioStep } from "./scenario.ts";
import { misshape } from "./step-shapes.ts";

const SCENARIO_KEYS: ReadonlySet<string> = new Set([
  "$schema",
  "name",
  "note",
  "clients",
  "policy",
  "seed",
  "files",
  "steps",
]);
const SEED_KEYS: ReadonlySet<string> = new Set(Object.keys(mergeSeeds()));
const SYNCHRONOUS: ReadonlySet<string> = new Set(["isLogined", "isMyFriend", "isMyTeam"]);
const services: Readonly<Record<string, DescService>> = nimServices;

/** The rpc of `client.service.method`; undefined when there is none. */
export function rpcOf(address: string) {
  const [, service = "", method = ""] = address.split(".");
  return services[service]?.methods.find(({ localName }) => localName === method);
}

/** The payload's type of `client.arm`; undefined when there is no such event. */
export function payloadOf(address: string) {
  const [, name] = address.split(".");
  return EventSchema.fields.find(({ localName }) => localName === name)?.message;
}

/** Looks for slips in a scenario before it runs. @throws Error that names the scenario and the step. */
export function checkScenario(scenario: Scenario): void {
  const unknown = Object.keys(scenario).filter((key) => !SCENARIO_KEYS.has(key));
  if (unknown.length > 0) throw new Error(`${scenario.name}: a scenario has no "${unknown[0]}"`);
  const wrong = wrongPolicy(scenario.policy ?? {}) ?? wrongSeed(scenario.seed ?? {});
  if (wrong) throw new Error(`${scenario.name}: ${wrong}`);
  checkSteps(scenario, scenario.steps, "");
}

function checkSteps(scenario: Scenario, steps: readonly ScenarioStep[], path: string): void {
  for (const [index, step] of steps.entries()) {
    const wrong = misshape(step) ?? wrongName(scenario, step);
    if (wrong) throw new Error(`${scenario.name}, step ${path}${index} ${JSON.stringify(step)}: ${wrong}`);
    if ("repeat" in step) checkSteps(scenario, step.steps, `${path}${index}.`);
  }
}

/** A name that nothing goes by. What a template makes is seen when the step runs. */
function wrongName(scenario: Scenario, step: ScenarioStep): string | undefined {
  if ("policy" in step) return wrongPolicy(step.policy);
  if ("seed" in step) return wrongSeed(step.seed);
  const address = addressOf(step);
  if (address === undefined || address.includes("${")) return undefined;
  const [client = "", name = ""] = address.split(".");
  if (!Object.hasOwn(scenario.clients, client)) return `nobody is called ${client}`;
  if (("call" in step || "start" in step) && !rpcOf(address)) return `there is no rpc ${address}`;
  if ("start" in step && rpcOf(address)?.methodKind !== "server_streaming")
    return `${address} answers once: use "call"`;
  if (("event" in step || "quiet" in step) && !payloadOf(address)) return `there is no event ${name}`;
  if ("ask" in step && !SYNCHRONOUS.has(name)) return `there is no synchronous entry ${name}`;
  return undefined;
}

function addressOf(step: ScenarioStep): string | undefined {
  if ("call" in step) return step.call;
  if ("start" in step) return step.start;
  if ("event" in step) return step.event;
  if ("quiet" in step) return step.quiet;
  if ("ask" in step) return step.ask;
  if ("drop" in step) return step.drop;
  if ("reconnect" in step) return step.reconnect;
  if ("kick" in step) return step.client;
  return undefined;
}

function wrongPolicy(policy: object): string | undefined {
  const unknown = Object.keys(policy).find((key) => !Object.hasOwn(defaultPolicy, key));
  return unknown === undefined ? undefined : `there is no policy ${unknown}`;
}

function wrongSeed(seed: object): string | undefined {
  const unknown = Object.keys(seed).find((key) => !SEED_KEYS.has(key));
  return unknown === undefined ? undefined : `a seed has no "${unknown}"`;
}
