import { ErrorCode, TeamUpdateTag } from "@nimkit/sdk/protocol/enums";
import type { FetchTeamMembersReply, TeamByIdReply } from "../../gen/commands.ts";
import type { CallContext, DecideTable } from "../decide-table.ts";
import { accept, type Decision, refuse } from "../outcome.ts";
import type { World } from "../world.ts";
import { decideAcceptInvite, decidePassApply, decideRejectApply, decideRejectInvite } from "./answer.ts";
import { decideApply } from "./apply-to-join.ts";
import { decideCreateTeam } from "./create.ts";
import { decideAddUsers } from "./invite.ts";
import { decideDismiss, decideKickUsers, decideQuit } from "./leave.ts";
import { decideMuteMember, decideNick, decideNotifyState, decideQueryMember } from "./members.ts";
import { memberRefusal } from "./membership.ts";
import { livingTeam, refuseBy, seatOf } from "./rights.ts";
import { decideAddManagers, decideRemoveManagers, decideTransfer } from "./roles.ts";
import { memberData, teamData } from "./team-data.ts";
import { decideMuteAll, decideUpdateInfo, decideUpdateMode, decideUpdateName } from "./update.ts";

/** The rpcs of TeamService. */
export const teamRules = {
  "team.isMyTeam": (world, command, { account }) =>
    accept({ isMyTeam: memberRefusal(world, command.teamId, account.id) === undefined }),
  "team.allMyTeams": (world, _command, { account }) => {
    const teams = [...world.teams.values()].filter((team) => !team.dismissed && team.members.has(account.id));
    return accept({ teams: teams.map((team) => teamData(team, account.id)) });
  },
  "team.teamById": (world, command, context) => decideTeamById(world, command.teamId, context),
  "team.fetchTeamInfo": (world, command, { account }) => {
    const team = livingTeam(world, command.teamId);
    return "refusal" in team ? refuseBy(team) : accept({ team: teamData(team, account.id) });
  },
  "team.createTeam": decideCreateTeam,
  "team.addUsers": decideAddUsers,
  "team.acceptInviteWithTeam": decideAcceptInvite,
  "team.rejectInviteWithTeam": decideRejectInvite,
  "team.applyToTeam": decideApply,
  "team.passApplyToTeam": decidePassApply,
  "team.rejectApplyToTeam": decideRejectApply,
  "team.updateTeamName": decideUpdateName,
  "team.updateTeamIntro": (world, { teamId, intro }, context) =>
    decideUpdateInfo(world, teamId, TeamUpdateTag.INTRO, { intro }, context),
  "team.updateTeamAnnouncement": (world, { teamId, announcement }, context) =>
    decideUpdateInfo(world, teamId, TeamUpdateTag.ANNOUNCEMENT, { announcement }, context),
  "team.updateTeamAvatar": (world, { teamId, avatarUrl }, context) =>
    decideUpdateInfo(world, teamId, TeamUpdateTag.AVATAR, { avatarUrl }, context),
  "team.updateTeamCustomInfo": (world, { teamId, clientCustomInfo }, context) =>
    decideUpdateInfo(world, teamId, TeamUpdateTag.CLIENT_CUSTOM_INFO, { clientCustomInfo }, context),
  "team.updateTeamJoinMode": (world, { teamId, joinMode }, context) =>
    decideUpdateMode(world, teamId, TeamUpdateTag.JOIN_MODE, { joinMode }, context),
  "team.addManagersToTeam": decideAddManagers,
  "team.removeManagersFromTeam": decideRemoveManagers,
  "team.transferManagerWithTeam": decideTransfer,
  "team.fetchTeamMembers": (world, command, context) => decideMembers(world, command.teamId, context),
  "team.queryTeamMemberByUserId": decideQueryMember,
  "team.quitTeam": (world, command, context) => decideQuit(world, command.teamId, context),
  "team.kickUsers": decideKickUsers,
  "team.dismissTeam": (world, command, context) => decideDismiss(world, command.teamId, context),
  "team.updateNotifyStateForTeam": decideNotifyState,
  "team.updateUserNick": decideNick,
  "team.updateMyTeamNick": (world, command, context) =>
    decideNick(world, { ...command, userId: context.account.id }, context),
  "team.updateMuteStateByUserId": decideMuteMember,
  "team.updateMuteStateByAll": (world, command, context) => decideMuteAll(world, command.teamId, command.mute, context),
} satisfies Partial<DecideTable>;

/** What the device knows of a team: as it is for members, the last known row for those who were in it. */
function decideTeamById(world: World, teamId: string, { account }: CallContext): Decision<TeamByIdReply> {
  const team = world.teams.get(teamId);
  const known = team?.members.has(account.id) ? teamData(team, account.id) : team?.lastRows.get(account.id);
  return known ? accept({ team: known }) : refuse(ErrorCode.TEAM_NOT_FOUND, "team_id");
}

function decideMembers(world: World, teamId: string, { account }: CallContext): Decision<FetchTeamMembersReply> {
  const seat = seatOf(world, teamId, account.id);
  if ("refusal" in seat) return refuseBy(seat);
  const { team } = seat;
  return accept({
    members: Array.from(team.members, ([userId, member]) => memberData(team, userId, member, account.id)),
  });
}
