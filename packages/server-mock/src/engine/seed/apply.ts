import { Gender, MessageType, SessionType } from "@nimkit/sdk/protocol/enums";
import type { SeedAccount, SeedData } from "../../seed/seed-data.ts";
import { canonicalAccount } from "../account-id.ts";
import { seedRoom, seedRoomMessage } from "../chat-room/new-room.ts";
import { canonicalJson } from "../digest.ts";
import type { JournalEventOf } from "../journal.ts";
import { applyMessageStored } from "../message/apply.ts";
import { conversationKey } from "../message/conversation.ts";
import { restoreWorld } from "../snapshot.ts";
import { replaceProfile } from "../user/apply.ts";
import { type Account, emptyWorld, type Profile, type World } from "../world.ts";
import { newTeam } from "./new-team.ts";

/** Empties the world in place: holders of the world keep holding it. */
export function applyReset(world: World): void {
  Object.assign(world, emptyWorld());
}

/** Puts a snapshot in the place of everything. The streams that were open when it was taken are gone. */
export function applyRestored(world: World, event: JournalEventOf<"worldRestored">): void {
  Object.assign(world, restoreWorld(event.snapshot));
  for (const account of world.accounts.values()) {
    for (const device of account.devices.values()) {
      if (device.stream === undefined) continue;
      device.stream = undefined;
      account.caughtUpTo = event.index;
    }
  }
}

/** Changes the policy; settings that are not named stay. */
export function applyPolicyChanged(world: World, event: JournalEventOf<"policyChanged">): void {
  world.policy = { ...world.policy, ...event.policy };
}

/** Adds a seed's accounts, friends, teams, rooms, sounds and messages. */
export function applySeeded(world: World, event: JournalEventOf<"seeded">): void {
  const { seed, time } = event;
  for (const account of seed.accounts ?? []) seedAccount(world, account, event.index);
  for (const pair of seed.friends ?? []) {
    const [a, b] = [canonicalAccount(pair[0]), canonicalAccount(pair[1])];
    world.accounts.get(a)?.friends.set(b, { since: time });
    world.accounts.get(b)?.friends.set(a, { since: time });
  }
  for (const account of seed.accounts ?? []) seedAliases(world, account);
  for (const team of seed.teams ?? []) world.teams.set(team.teamId, newTeam(team, time));
  for (const room of seed.rooms ?? []) seedRoom(world, room, time);
  for (const { path, durationMs, unreadable = false } of seed.sounds ?? []) {
    world.sounds.set(path, { ...(durationMs === undefined ? {} : { durationMs }), unreadable });
  }
  seedMessages(world, seed, event);
}

function seedAccount(world: World, seed: SeedAccount, index: number): void {
  const id = canonicalAccount(seed.userId);
  const known = world.accounts.get(id);
  const account = known ?? newAccount(id);
  world.accounts.set(id, account);
  if (seed.password !== undefined) account.password = seed.password;
  account.flags = {
    banned: seed.banned ?? account.flags.banned,
    loginForbidden: seed.loginForbidden ?? account.flags.loginForbidden,
    versionForbidden: seed.versionForbidden ?? account.flags.versionForbidden,
    muted: seed.muted ?? account.flags.muted,
  };
  const profile = seededProfile(account.profile, seed);
  if (!known) account.profile = profile;
  else if (!isSameProfile(profile, known.profile)) replaceProfile(known, profile, index);
  for (const userId of seed.blacklist ?? []) account.blacklist.add(canonicalAccount(userId));
  for (const userId of seed.muteList ?? []) account.muteList.add(canonicalAccount(userId));
}

function seedAliases(world: World, { userId, aliases = [] }: SeedAccount): void {
  const friends = world.accounts.get(canonicalAccount(userId))?.friends;
  for (const { userId: other, alias } of aliases) {
    const friendship = friends?.get(canonicalAccount(other));
    if (friendship) friends?.set(canonicalAccount(other), { ...friendship, alias });
  }
}

function seededProfile(profile: Profile, seed: SeedAccount): Profile {
  const texts: { -readonly [K in Exclude<keyof Profile, "gender">]?: string } = {};
  for (const key of ["nickname", "avatarUrl", "sign", "email", "birth", "mobile", "ext"] as const) {
    const given = key === "ext" ? seed.ext && JSON.stringify(seed.ext) : seed[key];
    const value = given ?? profile[key];
    if (value !== undefined && value !== "") texts[key] = value;
  }
  return { gender: seed.gender ?? profile.gender, ...texts };
}

function isSameProfile(a: Profile, b: Profile): boolean {
  return canonicalJson(a) === canonicalJson(b);
}

function newAccount(id: string): Account {
  return {
    id,
    password: undefined,
    flags: { banned: false, loginForbidden: false, versionForbidden: false, muted: false },
    profile: { gender: Gender.UNKNOWN },
    earlierProfiles: [],
    friends: new Map(),
    keptAliases: new Map(),
    friendRequests: new Map(),
    blacklist: new Set(),
    muteList: new Set(),
    systemMessages: [],
    devices: new Map(),
    views: new Map(),
    caughtUpTo: 0,
    rate: { minute: 0, count: 0 },
  };
}

function seedMessages(world: World, seed: SeedData, event: JournalEventOf<"seeded">): void {
  for (const [i, message] of (seed.messages ?? []).entries()) {
    const from = canonicalAccount(message.from);
    if (message.roomId !== undefined) {
      seedRoomMessage(world, message, from, event, i);
      continue;
    }
    const type = message.teamId === undefined ? SessionType.P2P : SessionType.TEAM;
    const key = conversationKey(from, message.teamId ?? message.to ?? "", type);
    const messageId = event.ids[i];
    if (key === undefined || messageId === undefined) continue;
    const conversation = world.conversations.get(key);
    applyMessageStored(world, {
      type: "messageStored",
      key,
      message: {
        seq: (conversation?.messages.length ?? 0) + 1,
        messageId,
        serverId: `seed-${event.index}-${i}`,
        type: MessageType.TEXT,
        from,
        timestamp: Math.max(message.time ?? event.time, (conversation?.lastTime ?? 0) + 1),
        // Before every entry: a seed is history and is handed to nobody at login.
        index: 0,
        counted: true,
        content: { text: message.text },
      },
      minute: 0,
    });
  }
}
