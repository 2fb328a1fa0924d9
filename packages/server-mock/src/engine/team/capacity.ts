import { planOf } from "../policy.ts";
import type { World } from "../world.ts";
import type { Team } from "./team.ts";

function countTeams(world: World, counts: (team: Team) => boolean): number {
  let count = 0;
  for (const team of world.teams.values()) if (!team.dismissed && counts(team)) count++;
  return count;
}

/** Whether the account may own no further team under the plan (806). */
export function ownsTooMany(world: World, account: string): boolean {
  const limit = planOf(world.policy).teamsOwned;
  return limit > 0 && countTeams(world, (team) => team.owner === account) >= limit;
}

/** Whether the account may be in no further team under the plan (806; 813 for one who is invited). */
export function isInTooMany(world: World, account: string): boolean {
  const limit = planOf(world.policy).teamsJoined;
  return limit > 0 && countTeams(world, (team) => team.members.has(account)) >= limit;
}

/** Whether so many more do not fit into the team (801). */
export const isTooSmallFor = (team: Team, more: number): boolean => team.members.size + more > team.memberLimit;
