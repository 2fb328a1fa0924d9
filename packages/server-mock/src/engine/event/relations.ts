import type { RelationsData } from "../../gen/commands.ts";
import type { World } from "../world.ts";

const none: RelationsData = { full: false, friendsAdded: [], friendsRemoved: [], teamsAdded: [], teamsRemoved: [] };

/** All friends and teams of an account: what the SDK's cache starts from. */
export function fullRelations(world: World, account: string): RelationsData {
  const teamsAdded: string[] = [];
  for (const team of world.teams.values()) {
    if (!team.dismissed && team.members.has(account)) teamsAdded.push(team.teamId);
  }
  return { ...none, full: true, friendsAdded: [...(world.accounts.get(account)?.friends.keys() ?? [])], teamsAdded };
}

/** A friend gained. */
export const friendAdded = (userId: string): RelationsData => ({ ...none, friendsAdded: [userId] });

/** A team joined. */
export const teamAdded = (teamId: string): RelationsData => ({ ...none, teamsAdded: [teamId] });

/** A team left, or dismissed. */
export const teamRemoved = (teamId: string): RelationsData => ({ ...none, teamsRemoved: [teamId] });

/** A friend lost. */
export const friendRemoved = (userId: string): RelationsData => ({ ...none, friendsRemoved: [userId] });
