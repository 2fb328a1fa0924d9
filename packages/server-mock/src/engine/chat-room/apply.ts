import type { Appliers } from "../journal.ts";
import type { ChatRoomEvent } from "./journal.ts";

/** Folds facts about chat rooms into the world. */
export const chatRoomAppliers: Appliers<ChatRoomEvent> = {};
