import type { JournalEventOf } from "../journal.ts";
import type { World } from "../world.ts";

/** Replaces a profile. */
export function applyProfileChanged(world: World, event: JournalEventOf<"profileChanged">): void {
  const account = world.accounts.get(event.account);
  if (account) account.profile = event.profile;
}

function setListed(list: Set<string> | undefined, userId: string, listed: boolean): void {
  if (listed) list?.add(userId);
  else list?.delete(userId);
}

/** Changes a blacklist. */
export function applyBlacklistChanged(world: World, event: JournalEventOf<"blacklistChanged">): void {
  setListed(world.accounts.get(event.account)?.blacklist, event.userId, event.listed);
}

/** Changes a mute list. */
export function applyMuteListChanged(world: World, event: JournalEventOf<"muteListChanged">): void {
  setListed(world.accounts.get(event.account)?.muteList, event.userId, event.listed);
}
