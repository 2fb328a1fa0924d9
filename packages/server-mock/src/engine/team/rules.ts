import type { DecideTable } from "../decide-table.ts";
import { accept } from "../outcome.ts";
import { memberRefusal } from "./membership.ts";
import { teamData } from "./team-data.ts";

/** The rpcs of TeamService that this version has. */
export const teamRules: Pick<DecideTable, "team.isMyTeam" | "team.allMyTeams"> = {
  "team.isMyTeam": (world, command, { account }) =>
    accept({ isMyTeam: memberRefusal(world, command.teamId, account.id) === undefined }),
  "team.allMyTeams": (world, _command, { account }) => {
    const teams = [...world.teams.values()].filter((team) => !team.dismissed && team.members.has(account.id));
    return accept({ teams: teams.map((team) => teamData(team, account.id)) });
  },
};
