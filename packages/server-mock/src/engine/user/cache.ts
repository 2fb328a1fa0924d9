import type { UserProfileData } from "../../gen/commands.ts";
import { canonicalAccount } from "../account-id.ts";
import type { CallContext } from "../decide-table.ts";
import type { Draft } from "../event/draft.ts";
import { hasFeed } from "../event/feed.ts";
import type { JournalEvent } from "../journal.ts";
import type { Account, Device, World } from "../world.ts";

/** Who looks at profiles, and on which device. */
export interface Viewer {
  readonly account: Account;
  readonly device: Device | undefined;
}

/** The caller and his device. */
export const viewerOf = ({ actor, account }: Pick<CallContext, "actor" | "account">): Viewer => ({
  account,
  device: account.devices.get(actor.deviceId),
});

/** A profile as the server has it. */
export function profileData(account: Account): UserProfileData {
  return { userId: account.id, ...account.profile };
}

/** Index of the entry since which the device knows the profile: of its login, a fetch or a message. */
const knownSince = (device: Device, userId: string): number =>
  Math.max(device.loginIndex, device.profilesSeen.get(userId) ?? 0);

/** Whether the profile has changed since the device read it. One's own is told at once. */
function isStale({ account, device }: Viewer, user: Account): boolean {
  const changed = user.earlierProfiles.at(-1)?.until;
  return changed !== undefined && device !== undefined && user !== account && changed > knownSince(device, user.id);
}

/**
 * A profile as the device has it: the SDK keeps profiles and reads another's anew at a login, a fetch and a message of
 * that user (behaviour.md B.11).
 */
export function cachedProfile(viewer: Viewer, user: Account): UserProfileData {
  const { device } = viewer;
  if (device === undefined || !isStale(viewer, user)) return profileData(user);
  const since = knownSince(device, user.id);
  const known = user.earlierProfiles.find(({ until }) => until > since);
  return { userId: user.id, ...(known?.profile ?? user.profile) };
}

/** The profiles of accounts as the device has them; unknown ones are left out. */
export function cachedProfiles(world: World, viewer: Viewer, userIds: Iterable<string>): UserProfileData[] {
  const users: UserProfileData[] = [];
  for (const userId of userIds) {
    const user = world.accounts.get(canonicalAccount(userId));
    if (user) users.push(cachedProfile(viewer, user));
  }
  return users;
}

/** The device reads profiles from the server. Nobody is told: it asked itself. */
export function refresh({ account, device }: Viewer, users: readonly Account[], index: number): JournalEvent[] {
  const stale = users.filter((user) => isStale({ account, device }, user));
  if (device === undefined || stale.length === 0) return [];
  const userIds = stale.map((user) => user.id);
  return [{ type: "profilesSeen", account: account.id, deviceId: device.id, userIds, index }];
}

/** A message comes with the profile of its sender: devices that have an older one hear of it (behaviour.md B.11). */
export function tellSenderProfile(draft: Draft, world: World, sender: Account, reader: string, index: number): void {
  if (sender.earlierProfiles.length === 0) return;
  const account = world.accounts.get(reader);
  for (const device of account?.devices.values() ?? []) {
    if (!account || !hasFeed(device) || !isStale({ account, device }, sender)) continue;
    draft.emit({ type: "profilesSeen", account: reader, deviceId: device.id, userIds: [sender.id], index });
    const value = { user: profileData(sender) };
    draft.deliverTo(reader, device.id, { payload: { case: "userUpdated", value } });
  }
}
