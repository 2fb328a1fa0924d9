import { expect } from "vitest";
import { apply } from "../../src/engine/apply.ts";
import type { JournalEvent } from "../../src/engine/journal.ts";
import { digest } from "../../src/engine/snapshot.ts";
import { emptyWorld, type World } from "../../src/engine/world.ts";

/** Folds a journal over an empty world; it must have the digest, if one is given. */
export function replay(journal: readonly JournalEvent[], expected?: string): World {
  const world = emptyWorld();
  for (const event of journal) apply(world, event);
  if (expected !== undefined) expect(digest(world)).toBe(expected);
  return world;
}
