// The journal is the world: for every scenario, folding it again gives the same world, and so does a snapshot.
import { createBackend } from "@nimkit/server-mock";
import { runScenario, type Scenario } from "@nimkit/server-mock/scenarios";
import { describe, expect, test } from "vitest";
import { readScenarios } from "../../../../scripts/scenario-files.ts";
import { apply } from "../../src/engine/apply.ts";
import type { LogEntry } from "../../src/engine/entry.ts";
import type { JournalEvent } from "../../src/engine/journal.ts";
import { digest, restoreWorld, type Snapshot, snapshotWorld } from "../../src/engine/snapshot.ts";
import { step } from "../../src/engine/step.ts";
import { emptyWorld } from "../../src/engine/world.ts";
import { memory } from "../scenarios/stages.ts";

interface Played {
  readonly log: readonly LogEntry[];
  /** Copies, made when they happened: what an applier does to an event later does not count. */
  readonly journal: readonly JournalEvent[];
  readonly digest: string;
  readonly snapshot: Snapshot;
}

async function play(scenario: Scenario): Promise<Played> {
  const log: LogEntry[] = [];
  const journal: JournalEvent[] = [];
  const stage = memory({
    onCommit(entry, { events }) {
      log.push(structuredClone(entry));
      for (const event of events) journal.push(structuredClone(event));
    },
  });
  await runScenario(scenario, stage);
  // The clients have gone; their streams end before the backend is looked at.
  await stage.close();
  const control = stage.backend.control;
  return { log, journal, digest: control.digest(), snapshot: control.snapshot() };
}

/** Access tokens are random by design, and the platform names an app's own blobs; nothing else may differ. */
const withoutTokens = (values: readonly object[]): string =>
  JSON.stringify(values, (key, value: unknown) => {
    if (typeof value === "string" && value.startsWith("blob:")) return "blob:";
    return key === "tokenHash" ? undefined : value;
  });

describe.each(readScenarios().map(({ scenario }) => [scenario.name, scenario] as const))("%s", (_, scenario) => {
  test("its journal, its log and its snapshot give the same world, and its seed the same bytes", async () => {
    const played = await play(scenario);
    expect(played.journal.length).toBeGreaterThan(0);

    const folded = emptyWorld();
    for (const event of played.journal) apply(folded, event);
    expect(digest(folded)).toBe(played.digest);

    const stepped = emptyWorld();
    const replies = played.log.flatMap((entry) => step(stepped, entry).events);
    expect(digest(stepped)).toBe(played.digest);
    expect(withoutTokens(replies)).toBe(withoutTokens(played.journal));

    const restored = restoreWorld(JSON.parse(JSON.stringify(played.snapshot)) as Snapshot);
    expect(digest(restored)).toBe(played.digest);
    expect(snapshotWorld(restored)).toEqual(played.snapshot);
    const backend = createBackend();
    backend.control.restore(played.snapshot);
    expect(backend.control.digest()).toBe(played.digest);
    await backend.close();

    const again = await play(scenario);
    expect(withoutTokens(again.journal)).toBe(withoutTokens(played.journal));
  });
});
