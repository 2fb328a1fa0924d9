import { deviceOf } from "../event/apply.ts";
import type { JournalEventOf } from "../journal.ts";
import { MAX_EARLIER_PROFILES } from "../limits.ts";
import type { Account, Profile, World } from "../world.ts";

/** Replaces a profile. */
export function applyProfileChanged(world: World, event: JournalEventOf<"profileChanged">): void {
  const account = world.accounts.get(event.account);
  if (account) replaceProfile(account, event.profile, event.index);
}

/** Replaces a profile and keeps what it was, for devices that have not heard of it. */
export function replaceProfile(account: Account, profile: Profile, index: number): void {
  account.earlierProfiles.push({ profile: account.profile, until: index });
  if (account.earlierProfiles.length > MAX_EARLIER_PROFILES) account.earlierProfiles.shift();
  account.profile = profile;
}

/** Notes which profiles a device has read anew. */
export function applyProfilesSeen(world: World, event: JournalEventOf<"profilesSeen">): void {
  const { profilesSeen } = deviceOf(world, event.account, event.deviceId);
  for (const userId of event.userIds) profilesSeen.set(userId, event.index);
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
