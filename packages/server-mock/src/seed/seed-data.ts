import type { JsonObject } from "@bufbuild/protobuf";
import type {
  Gender,
  TeamBeInviteMode,
  TeamInviteMode,
  TeamJoinMode,
  TeamMuteMode,
  TeamType,
  TeamUpdateInfoMode,
} from "@nimkit/sdk/protocol/enums";

/** An account to create, or to change when it exists: absent fields stay as they are. */
export interface SeedAccount {
  /** 1 to 32 of letters, digits and `_ @ . -`; kept in lower case. */
  readonly userId: string;
  /** What the account logs in with; kept as given, for a mock is no security boundary. Default: no login. */
  readonly password?: string;
  readonly nickname?: string;
  readonly avatarUrl?: string;
  readonly sign?: string;
  readonly gender?: Gender;
  readonly email?: string;
  /** yyyy-MM-dd. */
  readonly birth?: string;
  readonly mobile?: string;
  readonly ext?: JsonObject;
  /** Login is refused with 422. */
  readonly banned?: boolean;
  /** Login is refused with 403. */
  readonly loginForbidden?: boolean;
  /** Login is refused with 317. */
  readonly versionForbidden?: boolean;
  /** Sending is refused with 423. */
  readonly muted?: boolean;
  /** Accounts that this one blacklists. */
  readonly blacklist?: readonly string[];
  /** Accounts whose messages do not notify this one. */
  readonly muteList?: readonly string[];
  /** This account's own names for its friends, which no rpc of the module sets; at most 128 characters each. */
  readonly aliases?: readonly { readonly userId: string; readonly alias: string }[];
}

/** A team to create. */
export interface SeedTeam {
  readonly teamId: string;
  readonly teamName: string;
  readonly type: TeamType;
  readonly owner: string;
  readonly managers?: readonly string[];
  /** Further members; owner and managers need not stand here again. */
  readonly members?: readonly string[];
  /** Members who may not speak. */
  readonly mutedMembers?: readonly string[];
  readonly muteMode?: TeamMuteMode;
  readonly intro?: string;
  readonly announcement?: string;
  readonly avatarUrl?: string;
  readonly memberLimit?: number;
  readonly joinMode?: TeamJoinMode;
  readonly inviteMode?: TeamInviteMode;
  readonly beInviteMode?: TeamBeInviteMode;
  readonly updateInfoMode?: TeamUpdateInfoMode;
}

/** A chat room to create. A room is made once. */
export interface SeedRoom {
  readonly roomId: string;
  readonly name: string;
  readonly creator: string;
  readonly announcement?: string;
  readonly broadcastUrl?: string;
  readonly extension?: JsonObject;
  readonly managers?: readonly string[];
  /** Normal members; creator and managers need not stand here again. */
  readonly members?: readonly string[];
  /** Members who may not send; those of no other list were guests before. */
  readonly mutedMembers?: readonly string[];
  /** Accounts who may not enter; those of no other list were guests before. */
  readonly blacklist?: readonly string[];
  /** Accounts who may not send for a time from the seeding on, at most 30 days. */
  readonly tempMutes?: readonly { readonly userId: string; readonly forMs: number }[];
  /** What accounts show in the room when they give nothing else on entering. */
  readonly saved?: readonly {
    readonly userId: string;
    readonly nickname?: string;
    readonly avatarUrl?: string;
    readonly extension?: JsonObject;
  }[];
  readonly closed?: boolean;
  /** Only the creator and managers may send. */
  readonly muted?: boolean;
  /** Guests are refused with 403. */
  readonly membersOnly?: boolean;
  /** Fixed members that the room may have. Default: 1000, the vendor's limit. */
  readonly fixedMemberLimit?: number;
}

/** A text that was sent before the world began. No event tells of it; it counts as unread, except in a chat room. */
export interface SeedMessage {
  readonly from: string;
  /** The peer; give this, `teamId` or `roomId`. */
  readonly to?: string;
  readonly teamId?: string;
  readonly roomId?: string;
  readonly text: string;
  readonly messageId?: string;
  /** Milliseconds since 1970; the time of seeding when absent. Never earlier than the message before it; in a chat room it may be the same. */
  readonly time?: number;
}

/** A file that every device has, as far as playing it goes: the mock does not have the app's files. */
export interface SeedSound {
  /** As the app gives it to `playAudio`. */
  readonly path: string;
  /** Milliseconds; 0 for a file without sound, which is refused with 2. Default: what the policy `audioMs` says. */
  readonly durationMs?: number;
  /** Playing it is refused with 5. */
  readonly unreadable?: boolean;
}

/** What a world starts with: plain JSON, the format of a seed file. */
export interface SeedData {
  readonly accounts?: readonly SeedAccount[];
  /** Pairs of friends. */
  readonly friends?: readonly (readonly [string, string])[];
  readonly teams?: readonly SeedTeam[];
  readonly rooms?: readonly SeedRoom[];
  readonly messages?: readonly SeedMessage[];
  readonly sounds?: readonly SeedSound[];
}
