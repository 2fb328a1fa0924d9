import { ErrorCode } from "@nimkit/sdk/protocol/enums";
import type { SeedData } from "../../seed/seed-data.ts";
import { canonicalAccount, isAccount } from "../account-id.ts";
import type { Env } from "../env.ts";
import { accept, type Decision, refuse } from "../outcome.ts";
import type { World } from "../world.ts";

/** Adds a seed to the world, quietly: no device is told. Refused with 414 and the path of the first wrong name. */
export function decideSeed(world: World, env: Env, seed: SeedData): Decision<object> {
  const wrong = firstWrong(world, seed);
  if (wrong !== undefined) return refuse(ErrorCode.BAD_PARAMETER, wrong);
  const ids = (seed.messages ?? []).map((message) => message.messageId ?? env.id("message"));
  return accept({}, [{ type: "seeded", seed, index: env.index, time: env.now(), ids }]);
}

function firstWrong(world: World, seed: SeedData): string | undefined {
  const known = new Set(world.accounts.keys());
  for (const [i, { userId }] of (seed.accounts ?? []).entries()) {
    const id = canonicalAccount(userId);
    if (!isAccount(id)) return `accounts[${i}].userId`;
    known.add(id);
  }
  const unknown = (userId: string): boolean => !known.has(canonicalAccount(userId));
  for (const [i, account] of (seed.accounts ?? []).entries()) {
    if ([...(account.blacklist ?? []), ...(account.muteList ?? [])].some(unknown)) return `accounts[${i}]`;
  }
  for (const [i, pair] of (seed.friends ?? []).entries()) if (pair.some(unknown)) return `friends[${i}]`;
  const teams = new Set(world.teams.keys());
  for (const [i, team] of (seed.teams ?? []).entries()) {
    const people = [team.owner, ...(team.managers ?? []), ...(team.members ?? []), ...(team.mutedMembers ?? [])];
    if (people.some(unknown)) return `teams[${i}]`;
    // A team is made once: its members hold marks that a second making would lose.
    if (team.teamId === "" || teams.has(team.teamId)) return `teams[${i}].teamId`;
    teams.add(team.teamId);
  }
  for (const [i, room] of (seed.rooms ?? []).entries()) if (unknown(room.creator)) return `rooms[${i}].creator`;
  for (const [i, message] of (seed.messages ?? []).entries()) {
    const { from, to, teamId } = message;
    if (unknown(from)) return `messages[${i}].from`;
    if ((to === undefined) === (teamId === undefined)) return `messages[${i}]`;
    if (to !== undefined && unknown(to)) return `messages[${i}].to`;
    if (teamId !== undefined && !teams.has(teamId)) return `messages[${i}].teamId`;
  }
  return undefined;
}
