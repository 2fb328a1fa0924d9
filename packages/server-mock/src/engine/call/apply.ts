import type { Appliers } from "../journal.ts";
import type { CallEvent } from "./journal.ts";

/** Folds facts about calls into the world. */
export const callAppliers: Appliers<CallEvent> = {};
