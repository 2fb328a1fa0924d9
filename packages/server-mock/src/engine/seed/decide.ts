import { ErrorCode } from "@nimkit/sdk/protocol/enums";
import type { SeedData } from "../../seed/seed-data.ts";
import { canonicalAccount, isAccount } from "../account-id.ts";
import { wrongInfo } from "../chat-room/room-info.ts";
import type { Env } from "../env.ts";
import { MAX_ALIAS, MAX_ROOM_TEMP_MUTE_MS } from "../limits.ts";
import { characters } from "../message/user-json.ts";
import { accept, type Decision, refuse } from "../outcome.ts";
import type { World } from "../world.ts";

/** Adds a seed to the world, quietly: no device is told. Refused with 414 and the path of the first wrong name. */
export function decideSeed(world: World, env: Env, seed: SeedData): Decision<object> {
  const wrong = firstWrong(world, seed);
  if (wrong !== undefined) return refuse(ErrorCode.BAD_PARAMETER, wrong);
  const ids = (seed.messages ?? []).map((message) => message.messageId ?? env.id("message"));
  return accept({}, [{ type: "seeded", seed, index: env.index, time: env.now(), ids }]);
}

type Unknown = (userId: string) => boolean;

function firstWrong(world: World, seed: SeedData): string | undefined {
  const known = new Set(world.accounts.keys());
  for (const { userId } of seed.accounts ?? []) known.add(canonicalAccount(userId));
  const unknown: Unknown = (userId) => !known.has(canonicalAccount(userId));
  return (
    wrongAccount(seed, unknown) ??
    wrongAt("friends", seed.friends, (pair) => (pair.some(unknown) ? "" : undefined)) ??
    wrongAlias(world, seed) ??
    wrongTeam(world, seed, unknown) ??
    wrongRoom(world, seed, unknown) ??
    wrongAt("sounds", seed.sounds, ({ durationMs = 0 }) => (durationMs >= 0 ? undefined : ".durationMs")) ??
    wrongMessage(world, seed, unknown)
  );
}

/** Path of the first item of a list in which something is wrong. */
function wrongAt<T>(
  list: string,
  items: readonly T[] | undefined,
  wrong: (item: T) => string | undefined,
): string | undefined {
  for (const [i, item] of (items ?? []).entries()) {
    const part = wrong(item);
    if (part !== undefined) return `${list}[${i}]${part}`;
  }
  return undefined;
}

function wrongAccount(seed: SeedData, unknown: Unknown): string | undefined {
  return wrongAt("accounts", seed.accounts, ({ userId, blacklist = [], muteList = [] }) => {
    if (!isAccount(canonicalAccount(userId))) return ".userId";
    if (blacklist.some(unknown)) return ".blacklist";
    return muteList.some(unknown) ? ".muteList" : undefined;
  });
}

/** Only a friend has another name. */
function wrongAlias(world: World, { accounts, friends = [] }: SeedData): string | undefined {
  const pairs = new Set(friends.map((pair) => pair.map(canonicalAccount).sort().join(" ")));
  return wrongAt("accounts", accounts, ({ userId, aliases = [] }) => {
    const id = canonicalAccount(userId);
    const isFriend = (other: string) =>
      world.accounts.get(id)?.friends.has(other) || pairs.has([id, other].sort().join(" "));
    const isWrong = aliases.some(({ userId: other, alias }) => {
      return !isFriend(canonicalAccount(other)) || alias === "" || characters(alias) > MAX_ALIAS;
    });
    return isWrong ? ".aliases" : undefined;
  });
}

function wrongTeam(world: World, seed: SeedData, unknown: Unknown): string | undefined {
  const teams = new Set(world.teams.keys());
  return wrongAt("teams", seed.teams, ({ teamId, owner, managers = [], members = [], mutedMembers = [] }) => {
    if ([owner, ...managers, ...members, ...mutedMembers].some(unknown)) return "";
    // A team is made once: its members hold marks that a second making would lose.
    if (teamId === "" || teams.has(teamId)) return ".teamId";
    teams.add(teamId);
    return undefined;
  });
}

function wrongRoom(world: World, seed: SeedData, unknown: Unknown): string | undefined {
  const rooms = new Set(world.rooms.keys());
  return wrongAt("rooms", seed.rooms, (room) => {
    const { roomId, creator, tempMutes = [], saved = [] } = room;
    if (unknown(creator)) return ".creator";
    const { name, announcement, broadcastUrl, extension } = room;
    const info = wrongInfo({ name, announcement, broadcastUrl, extension });
    if (info !== undefined) return `.${info}`;
    for (const list of ["managers", "members", "mutedMembers", "blacklist"] as const) {
      if (room[list]?.some(unknown)) return `.${list}`;
    }
    if (tempMutes.some(({ userId, forMs }) => unknown(userId) || !(forMs > 0 && forMs <= MAX_ROOM_TEMP_MUTE_MS))) {
      return ".tempMutes";
    }
    if (saved.some(({ userId }) => unknown(userId))) return ".saved";
    // A room is made once: those inside would be lost.
    if (roomId === "" || rooms.has(roomId)) return ".roomId";
    rooms.add(roomId);
    return undefined;
  });
}

function wrongMessage(world: World, seed: SeedData, unknown: Unknown): string | undefined {
  const teams = new Set([...world.teams.keys(), ...(seed.teams ?? []).map((team) => team.teamId)]);
  const rooms = new Set([...world.rooms.keys(), ...(seed.rooms ?? []).map((room) => room.roomId)]);
  return wrongAt("messages", seed.messages, ({ from, to, teamId, roomId }) => {
    if (unknown(from)) return ".from";
    if ([to, teamId, roomId].filter((target) => target !== undefined).length !== 1) return "";
    if (to !== undefined) return unknown(to) ? ".to" : undefined;
    if (roomId !== undefined) return rooms.has(roomId) ? undefined : ".roomId";
    return teams.has(teamId ?? "") ? undefined : ".teamId";
  });
}
