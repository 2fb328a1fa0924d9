import {
  TeamBeInviteMode,
  TeamInviteMode,
  TeamJoinMode,
  TeamMemberType,
  TeamMuteMode,
  TeamNotifyType,
  TeamUpdateInfoMode,
} from "@nimkit/sdk/protocol/enums";
import type { SeedTeam } from "../../seed/seed-data.ts";
import { canonicalAccount } from "../account-id.ts";
import type { Team, TeamMember } from "../team/team.ts";

/** Members that a team may have when nobody says otherwise. Source: vendor's server API (behaviour.md C). */
export const DEFAULT_MEMBER_LIMIT = 200;

/** A team of a seed. */
export function newTeam(seed: SeedTeam, time: number): Team {
  const members = new Map<string, TeamMember>();
  const muted = new Set(seed.mutedMembers?.map(canonicalAccount));
  const add = (userId: string, type: TeamMemberType): void => {
    const id = canonicalAccount(userId);
    if (members.has(id)) return;
    members.set(id, { type, joinTime: time, muted: muted.has(id), notifyType: TeamNotifyType.ALL });
  };
  add(seed.owner, TeamMemberType.OWNER);
  for (const userId of seed.managers ?? []) add(userId, TeamMemberType.MANAGER);
  for (const userId of [...(seed.members ?? []), ...(seed.mutedMembers ?? [])]) add(userId, TeamMemberType.NORMAL);
  return {
    teamId: seed.teamId,
    type: seed.type,
    teamName: seed.teamName,
    owner: canonicalAccount(seed.owner),
    avatarUrl: seed.avatarUrl,
    intro: seed.intro,
    announcement: seed.announcement,
    clientCustomInfo: undefined,
    serverCustomInfo: undefined,
    memberLimit: seed.memberLimit ?? DEFAULT_MEMBER_LIMIT,
    createTime: time,
    joinMode: seed.joinMode ?? TeamJoinMode.NO_AUTH,
    inviteMode: seed.inviteMode ?? TeamInviteMode.MANAGERS,
    beInviteMode: seed.beInviteMode ?? TeamBeInviteMode.NEED_AUTH,
    updateInfoMode: seed.updateInfoMode ?? TeamUpdateInfoMode.MANAGERS,
    muteMode: seed.muteMode ?? TeamMuteMode.NONE,
    dismissed: false,
    members,
    invitations: new Map(),
    applications: new Map(),
    lastRows: new Map(),
    quietJoins: [],
  };
}
