import type { Appliers } from "../journal.ts";
import type { TeamEvent } from "./journal.ts";

/** Folds facts about teams into the world. */
export const teamAppliers: Appliers<TeamEvent> = {};
