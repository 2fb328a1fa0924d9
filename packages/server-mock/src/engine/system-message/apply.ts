import type { SystemMessageData } from "../../gen/commands.ts";
import type { Appliers } from "../journal.ts";
import type { World } from "../world.ts";
import type { SystemMessageEvent } from "./journal.ts";

/** Changes one of an account's system messages, or all. */
function change(
  world: World,
  event: { readonly account: string; readonly messageId?: string },
  by: (message: SystemMessageData) => SystemMessageData,
): void {
  const list = world.accounts.get(event.account)?.systemMessages ?? [];
  for (const [i, stored] of list.entries()) {
    if (event.messageId !== undefined && stored.message.messageId !== event.messageId) continue;
    list[i] = { ...stored, message: by(stored.message) };
  }
}

/** Folds facts about system messages into the world. */
export const systemMessageAppliers: Appliers<SystemMessageEvent> = {
  systemMessageStored(world, { account, stored }) {
    world.accounts.get(account)?.systemMessages.push(stored);
  },
  systemMessageRead(world, event) {
    change(world, event, (message) => ({ ...message, read: true }));
  },
  systemMessageMarked(world, event) {
    change(world, event, (message) => ({ ...message, status: event.status }));
  },
  systemMessageDeleted(world, { account, messageId }) {
    const list = world.accounts.get(account)?.systemMessages;
    if (messageId === undefined) list?.splice(0);
    const position = list?.findIndex(({ message }) => message.messageId === messageId) ?? -1;
    if (position >= 0) list?.splice(position, 1);
  },
};
