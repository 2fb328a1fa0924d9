import { TeamNotifyType, TeamType } from "@nimkit/sdk/protocol/enums";
import type { EventData, TeamData, TeamMemberData } from "../../gen/commands.ts";
import type { Team, TeamMember } from "./team.ts";

/**
 * A team as somebody reads it, member or not; only the notify setting is the reader's own. Former members and everybody
 * after the end see it as no longer valid.
 */
export function teamData(team: Team, reader: string): TeamData {
  const { owner, avatarUrl, intro, announcement, clientCustomInfo, serverCustomInfo } = team;
  const { inviteMode, beInviteMode, updateInfoMode } = team;
  return {
    teamId: team.teamId,
    teamName: team.teamName,
    type: team.type,
    memberNumber: team.members.size,
    memberLimit: team.memberLimit,
    createTime: team.createTime,
    joinMode: team.joinMode,
    muteMode: team.muteMode,
    valid: !team.dismissed && !team.lastRows.has(reader),
    notifyType: team.members.get(reader)?.notifyType ?? TeamNotifyType.ALL,
    ...(team.type === TeamType.ADVANCED && { inviteMode, beInviteMode, updateInfoMode }),
    ...(owner !== undefined && { owner }),
    ...(avatarUrl !== undefined && { avatarUrl }),
    ...(intro !== undefined && { intro }),
    ...(announcement !== undefined && { announcement }),
    ...(clientCustomInfo !== undefined && { clientCustomInfo }),
    ...(serverCustomInfo !== undefined && { serverCustomInfo }),
  };
}

/** A member as another reads him: who invited him and what notifies him is his own business. */
export function memberData(team: Team, userId: string, member: TeamMember, reader: string): TeamMemberData {
  const { type, joinTime, muted, notifyType, nickname, inviterId, custom } = member;
  const own = userId === reader && { notifyType, ...(inviterId !== undefined && { inviterId }) };
  return {
    teamId: team.teamId,
    userId,
    type,
    isMuted: muted,
    joinTime,
    ...own,
    ...(nickname !== undefined && { nickname }),
    ...(custom !== undefined && { custom }),
  };
}

/** Tells a reader how the team is now. */
export const teamUpdated = (team: Team, reader: string): EventData => ({
  payload: { case: "teamUpdated", value: { team: teamData(team, reader) } },
});
