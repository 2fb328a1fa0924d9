import type { TeamData } from "../../gen/commands.ts";
import type { StoredMessage } from "../world.ts";
import type { QuietJoin, Team, TeamMember, TeamSettings } from "./team.ts";

/** What is known of a team when it is made; members join by facts of their own. */
export type TeamStart = TeamSettings & Pick<Team, "teamId" | "type" | "memberLimit" | "createTime">;

/** Settings that change; an empty text clears. */
export type TeamChange = Partial<{ readonly [K in keyof TeamSettings]: NonNullable<TeamSettings[K]> }>;

/** Somebody who joins, and the last message of the conversation that he does not see. */
export interface Joiner {
  readonly userId: string;
  readonly member: TeamMember;
  readonly joinedSeq: number;
}

/** Somebody who leaves, and what he keeps of the team. */
export interface Leaver {
  readonly userId: string;
  readonly lastRow: TeamData;
}

/** Facts about one team that change nothing but the team. */
export type TeamOnlyEvent =
  | { readonly type: "teamChanged"; readonly teamId: string; readonly change: TeamChange }
  | {
      readonly type: "teamMemberChanged";
      readonly teamId: string;
      readonly userId: string;
      readonly member: TeamMember;
    }
  | { readonly type: "teamDismissed"; readonly teamId: string }
  | { readonly type: "teamQuietlyJoined"; readonly teamId: string; readonly join: QuietJoin }
  | { readonly type: "teamQuietJoinsTold"; readonly teamId: string }
  | {
      readonly type: "teamInvited";
      readonly teamId: string;
      readonly userId: string;
      readonly inviterId: string;
      readonly time: number;
    }
  | {
      readonly type: "teamInvitationClosed";
      readonly teamId: string;
      readonly userId: string;
      readonly inviterId: string;
    }
  | { readonly type: "teamApplied"; readonly teamId: string; readonly userId: string; readonly time: number }
  | { readonly type: "teamApplicationClosed"; readonly teamId: string; readonly userId: string }
  | { readonly type: "teamJoined"; readonly teamId: string; readonly joiners: readonly Joiner[] }
  | {
      readonly type: "teamLeft";
      readonly teamId: string;
      /** Seq of the last message that the leavers see. */
      readonly leftSeq: number;
      readonly leavers: readonly Leaver[];
    };

/** Facts about teams. */
export type TeamEvent =
  | TeamOnlyEvent
  | { readonly type: "teamCreated"; readonly team: TeamStart }
  | { readonly type: "teamNotified"; readonly key: string; readonly message: StoredMessage };
