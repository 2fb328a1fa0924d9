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
import type { TeamData } from "../../gen/commands.ts";

/** What of a team its members may change. */
export interface TeamSettings {
  teamName: string;
  owner: string | undefined;
  avatarUrl: string | undefined;
  intro: string | undefined;
  announcement: string | undefined;
  clientCustomInfo: string | undefined;
  serverCustomInfo: string | undefined;
  joinMode: TeamJoinMode;
  inviteMode: TeamInviteMode;
  beInviteMode: TeamBeInviteMode;
  updateInfoMode: TeamUpdateInfoMode;
  muteMode: TeamMuteMode;
}

/** A team. */
export interface Team extends TeamSettings {
  readonly teamId: string;
  readonly type: TeamType;
  readonly memberLimit: number;
  readonly createTime: number;
  dismissed: boolean;
  /** In the order in which they joined. */
  readonly members: Map<string, TeamMember>;
  /** Invitations that wait for an answer, by invited account and inviter, with their time. */
  readonly invitations: Map<string, Map<string, number>>;
  /** Applications that wait for an answer, by account, with their time. */
  readonly applications: Map<string, number>;
  /** What former members still know of the team: their last row. */
  readonly lastRows: Map<string, TeamData>;
  /** Joins of a normal team that wait for the next message, oldest first. */
  quietJoins: readonly QuietJoin[];
}

/** A join of which nobody was told yet. */
export interface QuietJoin {
  readonly operatorId: string;
  readonly userIds: readonly string[];
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
