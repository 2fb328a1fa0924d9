import { ErrorCode, TeamMemberType, TeamMuteMode } from "@nimkit/sdk/protocol/enums";
import type { World } from "../world.ts";

/** Why an account has no part in a team: 803 without a team, 804 for a stranger. Undefined for a member. */
export function memberRefusal(world: World, teamId: string, account: string): ErrorCode | undefined {
  const team = world.teams.get(teamId);
  if (!team || team.dismissed) return ErrorCode.TEAM_NOT_FOUND;
  return team.members.has(account) ? undefined : ErrorCode.TEAM_NOT_MEMBER;
}

/** Whether the account is the team's owner or one of its managers. */
export function isTeamAuthority(world: World, teamId: string, account: string): boolean {
  const type = world.teams.get(teamId)?.members.get(account)?.type;
  return type === TeamMemberType.OWNER || type === TeamMemberType.MANAGER;
}

/** Why a member may not speak: 812 for a muted member and in a muted team, which spares its managers (behaviour.md B.10). */
export function speakRefusal(world: World, teamId: string, account: string): ErrorCode | undefined {
  const team = world.teams.get(teamId);
  const muted =
    team?.members.get(account)?.muted === true ||
    team?.muteMode === TeamMuteMode.EVERYONE ||
    (team?.muteMode === TeamMuteMode.NORMAL_MEMBERS && !isTeamAuthority(world, teamId, account));
  return muted ? ErrorCode.TEAM_MUTED : undefined;
}
