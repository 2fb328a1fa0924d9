import type { CallNetQuality, ErrorCode } from "@nimkit/sdk/protocol/enums";
import type { RpcName } from "../gen/commands.ts";
import type { Platform } from "./entry.ts";

/** Which devices of an account exclude each other at login (behaviour.md B.1). */
export type KickStrategy =
  /** Any other device is kicked. */
  | "single"
  /** Phones (iOS, Android) exclude phones, desktops (web) exclude desktops. */
  | "default"
  /** All coexist, at most 10; one more login is refused with 417. */
  | "all"
  /** The pairs in {@link Policy.kickPairs} exclude each other. */
  | "custom";

/** Limits that depend on what the customer bought (behaviour.md C). 0 means no limit. */
export interface PlanLimits {
  /** Messages that an account may send in a minute. */
  readonly sendsPerMinute: number;
  /** Friends of an account. */
  readonly friends: number;
  /** Messages of one session that wait for an account without a device. */
  readonly offlinePerSession: number;
  /** All messages that wait for an account without a device. */
  readonly offlineTotal: number;
  /** Milliseconds that a message waits. */
  readonly offlineMs: number;
  /** Milliseconds for which the server's history of people and teams is kept. */
  readonly historyMs: number;
  /** Teams of which an account is the owner. */
  readonly teamsOwned: number;
  /** Teams that an account is in. */
  readonly teamsJoined: number;
  /** Managers of a team. */
  readonly teamManagers: number;
}

/** What the vendor leaves to the app's settings, or to nobody: behaviour that a test may want to choose. */
export interface Policy {
  /** Which devices exclude each other. Default: `default`. */
  readonly kickStrategy: KickStrategy;
  /** For the strategy `custom`: pairs of platforms that exclude each other, in both directions. Default: none. */
  readonly kickPairs: readonly (readonly [Platform, Platform])[];
  /** Plan limits: none, those of the free plan, or {@link Policy.customPlan}. Default: `unlimited`. */
  readonly plan: "unlimited" | "free" | "custom";
  /** Limits of the plan `custom`; one that is not named is none. Default: none. */
  readonly customPlan: Partial<PlanLimits>;
  /** What a new device starts from: the account's whole timeline, or what the vendor's service roams. Default: `all`. */
  readonly roaming: "all" | "service";
  /** Whether reading on one device clears the unread count of the others. Default: `off` (native default). */
  readonly unreadSync: "off" | "on";
  /** Milliseconds after sending in which a message may be revoked. Default: 2 minutes. */
  readonly revokeWindowMs: number;
  /** Whether a revoked message leaves the unread count. Default: false (native default). */
  readonly revokeDecrementsUnread: boolean;
  /** Whether accepting or rejecting a friend that never asked is refused with 509. Default: false. */
  readonly strictFriendAccept: boolean;
  /**
   * Most members of a team made by createTeam, the owner included. Default: 200 (vendor's server API; its console gives
   * 500 to newer apps).
   */
  readonly teamMemberLimit: number;
  /**
   * Milliseconds for which an invitation to a team or an application waits for an answer; a later one gives 509.
   * Default: 0, for ever (the vendor names no time).
   */
  readonly teamRequestLifetimeMs: number;
  /** The code of an application to a team that takes none: 802 or 403, behaviour.md B.10 leaves it open. Default: 802. */
  readonly teamApplyRefusal: 802 | 403;
  /**
   * When the members of a normal team learn who was added: with the next message in the team, which is when the new one
   * is told of the team at all (behaviour.md B.10), or at once. Default: `withNextMessage`.
   */
  readonly normalTeamJoinNotice: "withNextMessage" | "atOnce";
  /** Who may rename a normal team; `nobody` gives 805. behaviour.md B.10 leaves it open. Default: `members`. */
  readonly normalTeamRename: "members" | "owner" | "nobody";
  /** Whether the server's history shows a member what was said before he joined. Default: false (vendor's console). */
  readonly teamHistoryForNewMembers: boolean;
  /**
   * What becomes of a chat room's member when a role, a mute or a blacklisting is taken away. `guide`: by the SDK's
   * guide, the identity from before, and a manager becomes a normal member. `server`: by the server's document, a guest
   * unless still muted or blacklisted (behaviour.md B.12). Default: `guide`.
   */
  readonly roomUnset: "guide" | "server";
  /**
   * What a page of a chat room's history holds: messages older than the anchor, or those at its very time too, so that
   * pages overlap and the app has to drop what it has (behaviour.md B.5). Default: `older`.
   */
  readonly roomHistoryAnchor: "older" | "olderOrEqual";
  /** Milliseconds for which a chat room's history is kept. Default: 10 days (behaviour.md B.5). */
  readonly roomHistoryMs: number;
  /**
   * Milliseconds for which a chat room keeps the place of a device whose connection broke; then the others see it leave,
   * and it enters anew when it is back. Default: 30 s, the vendor's heartbeat (behaviour.md C; the time is not published).
   */
  readonly roomPlaceMs: number;
  /** Whether the one who enters a chat room is told of it as the others are. Default: false (module's document). */
  readonly roomTellsOwnEntry: boolean;
  /** Whether a chat room is told when a mute for a time runs out (event 315). Default: true; no source says. */
  readonly roomTellsMuteEnd: boolean;
  /** Milliseconds that a call rings without an answer, in both directions. Default: 45 s (behaviour.md B.13). */
  readonly callRingMs: number;
  /** Milliseconds from the answer of a call until sound and picture are up on both sides. Default: 0, at once. */
  readonly callConnectMs: number;
  /** Milliseconds without an event stream after which a device loses an answered call. Default: 30 s (behaviour.md B.13). */
  readonly callNetworkLossMs: number;
  /**
   * Milliseconds that a device has to leave between two calls; a start before that fails with -1. The vendor advises
   * 2000 (behaviour.md B.13). Default: 0.
   */
  readonly callPauseMs: number;
  /** Whether a call to somebody offline keeps ringing; else 11001. Android always keeps calling. Default: true (B.13). */
  readonly alwaysKeepCalling: boolean;
  /** Whether the mock hangs up for a caller whose callee is busy (control 9). Default: false, the app does (B.13). */
  readonly busyEndsCall: boolean;
  /** Whether calls of a blacklisted account reach nobody, a switch of the vendor's console. Default: false (B.7). */
  readonly blacklistBlocksCalls: boolean;
  /** Network quality of accounts during a call; a change is told to calls that go on. Others: very good. Default: none. */
  readonly callNetQuality: readonly (readonly [string, CallNetQuality])[];
  /** Whether the call's engine fails whenever a device sets mute, speaker or camera: 20002. Default: false. */
  readonly callMediaFails: boolean;
  /**
   * Whether a call leaves a notification (message type 5) in the conversation of both, as the native SDKs do. The
   * module's document knows nothing of it. Default: false.
   */
  readonly callRecordMessage: boolean;
  /**
   * Rpcs that are refused with a code whatever they ask, for failures that the mock's world has no cause for: a busy
   * server (503) or a blocked address (310) at `auth.login`. The rules of the schema come first. Default: none.
   */
  readonly failures: Readonly<Partial<Record<RpcName, ErrorCode>>>;
  /** Most bytes of an attachment. Default: 100 MB, the most that the schema allows (vendor's web client). */
  readonly attachmentMaxBytes: number;
  /** Most bytes of one chunk of an upload, up to 2 MiB, which is the schema's own limit. Default: 1 MiB (our choice). */
  readonly attachmentChunkBytes: number;
  /** Bytes that `downloadAttachment` fetches in a second of the mock's time; 0: at once. Default: 0. */
  readonly downloadBytesPerSecond: number;
  /**
   * What recording comes to: a file; a refusal with 8 because the app may not use the microphone; or a recording that
   * breaks off with 10 when it is to be stored. Default: `granted`.
   */
  readonly microphone: "granted" | "denied" | "failing";
  /** Whether the player starts; else `playAudio` fails with 11. Default: `works`. */
  readonly player: "works" | "failing";
  /** Milliseconds that `playAudio` plays a file of which nobody knows how long it is. Default: 3 s (our choice). */
  readonly audioMs: number;
  /** Milliseconds for which an access token is valid. Default: 30 days. */
  readonly tokenLifetimeMs: number;
  /**
   * Milliseconds that a device has to leave between its logins and logouts by hand; a login before that fails with 416.
   * The vendor advises 3000 (behaviour.md B.1). Default: 0.
   */
  readonly loginPauseMs: number;
  /** Whether a call on Android before login never calls back, as the module's document says. Read by the service layer. Default: false. */
  readonly androidNeverCallsBack: boolean;
}

/** No limit at all. */
export const UNLIMITED_PLAN: PlanLimits = {
  sendsPerMinute: 0,
  friends: 0,
  offlinePerSession: 0,
  offlineTotal: 0,
  offlineMs: 0,
  historyMs: 0,
  teamsOwned: 0,
  teamsJoined: 0,
  teamManagers: 0,
};

/**
 * The vendor's smallest plan (behaviour.md C): rates, friends, the offline and the history store, and teams. It publishes no number of
 * managers: ours is what one request may name.
 */
export const FREE_PLAN: PlanLimits = {
  sendsPerMinute: 300,
  friends: 3000,
  offlinePerSession: 100,
  offlineTotal: 5000,
  offlineMs: 30 * 24 * 3_600_000,
  historyMs: 7 * 24 * 3_600_000,
  teamsOwned: 100,
  teamsJoined: 5000,
  teamManagers: 10,
};

/** The policy of a new world. */
export const defaultPolicy: Policy = {
  kickStrategy: "default",
  kickPairs: [],
  plan: "unlimited",
  customPlan: {},
  roaming: "all",
  unreadSync: "off",
  revokeWindowMs: 2 * 60_000,
  revokeDecrementsUnread: false,
  strictFriendAccept: false,
  teamMemberLimit: 200,
  teamRequestLifetimeMs: 0,
  teamApplyRefusal: 802,
  normalTeamJoinNotice: "withNextMessage",
  normalTeamRename: "members",
  teamHistoryForNewMembers: false,
  roomUnset: "guide",
  roomHistoryAnchor: "older",
  roomHistoryMs: 10 * 24 * 3_600_000,
  roomPlaceMs: 30_000,
  roomTellsOwnEntry: false,
  roomTellsMuteEnd: true,
  callRingMs: 45_000,
  callConnectMs: 0,
  callNetworkLossMs: 30_000,
  callPauseMs: 0,
  alwaysKeepCalling: true,
  busyEndsCall: false,
  blacklistBlocksCalls: false,
  callNetQuality: [],
  callMediaFails: false,
  callRecordMessage: false,
  failures: {},
  attachmentMaxBytes: 104_857_600,
  attachmentChunkBytes: 1_048_576,
  downloadBytesPerSecond: 0,
  microphone: "granted",
  player: "works",
  audioMs: 3000,
  tokenLifetimeMs: 30 * 24 * 3_600_000,
  loginPauseMs: 0,
  androidNeverCallsBack: false,
};

/** The plan limits in force. */
export function planOf(policy: Policy): PlanLimits {
  if (policy.plan === "unlimited") return UNLIMITED_PLAN;
  return policy.plan === "free" ? FREE_PLAN : { ...UNLIMITED_PLAN, ...policy.customPlan };
}
