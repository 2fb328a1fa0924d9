import type { Appliers } from "../journal.ts";
import type { AttachmentEvent } from "./journal.ts";

/** Folds facts about uploads and stored files into the world. */
export const attachmentAppliers: Appliers<AttachmentEvent> = {};
