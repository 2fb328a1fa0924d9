import type { Appliers } from "../journal.ts";
import type { SystemMessageEvent } from "./journal.ts";

/** Folds facts about system messages into the world. */
export const systemMessageAppliers: Appliers<SystemMessageEvent> = {
  systemMessageStored(world, { account, stored }) {
    world.accounts.get(account)?.systemMessages.push(stored);
  },
};
