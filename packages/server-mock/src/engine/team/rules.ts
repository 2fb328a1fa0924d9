import type { DecideTable } from "../decide-table.ts";
import { accept } from "../outcome.ts";
import { memberRefusal } from "./membership.ts";

/** The rpcs of TeamService that this version has. */
export const teamRules: Pick<DecideTable, "team.isMyTeam"> = {
  "team.isMyTeam": (world, command, { account }) =>
    accept({ isMyTeam: memberRefusal(world, command.teamId, account.id) === undefined }),
};
