import { TeamNotifyType } from "@nimkit/sdk/protocol/enums";
import type { TeamData } from "../../gen/commands.ts";
import type { Team } from "./team.ts";

/** A team as one of its members sees it; only the notify setting is the reader's own. */
export function teamData(team: Team, reader: string): TeamData {
  const { owner, avatarUrl, intro, announcement, clientCustomInfo, serverCustomInfo } = team;
  return {
    teamId: team.teamId,
    teamName: team.teamName,
    type: team.type,
    memberNumber: team.members.size,
    memberLimit: team.memberLimit,
    createTime: team.createTime,
    joinMode: team.joinMode,
    inviteMode: team.inviteMode,
    beInviteMode: team.beInviteMode,
    updateInfoMode: team.updateInfoMode,
    muteMode: team.muteMode,
    valid: !team.dismissed && team.members.has(reader),
    notifyType: team.members.get(reader)?.notifyType ?? TeamNotifyType.ALL,
    ...(owner !== undefined && { owner }),
    ...(avatarUrl !== undefined && { avatarUrl }),
    ...(intro !== undefined && { intro }),
    ...(announcement !== undefined && { announcement }),
    ...(clientCustomInfo !== undefined && { clientCustomInfo }),
    ...(serverCustomInfo !== undefined && { serverCustomInfo }),
  };
}
