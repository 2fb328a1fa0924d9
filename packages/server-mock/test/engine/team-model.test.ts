// reliability.md P6 under random scripts: one owner, members that can be counted, and nothing told to former members.
import fc from "fast-check";
import { expect, test } from "vitest";
import { teamStage } from "./team-kit.ts";
import { type Deed, deeds, teamProperty } from "./team-property.ts";

test("P6: random scripts of five users", { timeout: 60_000 }, () => {
  const done = new Set<Deed>();
  const property = teamProperty(teamStage, (deed) => done.add(deed));
  const runs = { numRuns: 200, seed: 20_261_125, interruptAfterTimeLimit: 50_000, markInterruptAsFailure: true };
  fc.assert(property, runs);
  // A script that is always refused proves nothing.
  expect([...done].sort()).toEqual([...deeds].sort());
});
