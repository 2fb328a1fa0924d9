import type {
  TeamBeInviteMode,
  TeamInviteMode,
  TeamJoinMode,
  TeamMemberType,
  TeamMuteMode,
  TeamNotifyType,
  TeamType,
  TeamUpdateInfoMode,
} from "@nimkit/sdk/protocol/enums";

/** A team. */
export interface Team {
  readonly teamId: string;
  readonly type: TeamType;
  teamName: string;
  owner: string | undefined;
  avatarUrl: string | undefined;
  intro: string | undefined;
  announcement: string | undefined;
  clientCustomInfo: string | undefined;
  serverCustomInfo: string | undefined;
  memberLimit: number;
  readonly createTime: number;
  joinMode: TeamJoinMode;
  inviteMode: TeamInviteMode;
  beInviteMode: TeamBeInviteMode;
  updateInfoMode: TeamUpdateInfoMode;
  muteMode: TeamMuteMode;
  dismissed: boolean;
  readonly members: Map<string, TeamMember>;
}

/** Membership in a team. */
export interface TeamMember {
  readonly type: TeamMemberType;
  readonly joinTime: number;
  readonly muted: boolean;
  readonly notifyType: TeamNotifyType;
  readonly nickname?: string;
  readonly inviterId?: string;
  readonly custom?: string;
}
