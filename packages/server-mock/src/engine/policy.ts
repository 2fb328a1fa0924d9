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
}

/** What the vendor leaves to the app's settings, or to nobody: behaviour that a test may want to choose. */
export interface Policy {
  /** Which devices exclude each other. Default: `default`. */
  readonly kickStrategy: KickStrategy;
  /** For the strategy `custom`: pairs of platforms that exclude each other, in both directions. Default: none. */
  readonly kickPairs: readonly (readonly [Platform, Platform])[];
  /** Plan limits: none, those of the free plan, or {@link Policy.customPlan}. Default: `unlimited`. */
  readonly plan: "unlimited" | "free" | "custom";
  /** Limits of the plan `custom`. Default: none. */
  readonly customPlan: PlanLimits;
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
  /** Milliseconds for which an access token is valid. Default: 30 days. */
  readonly tokenLifetimeMs: number;
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
};

/** The vendor's smallest plan (behaviour.md C): rates, friends and the offline store. */
export const FREE_PLAN: PlanLimits = {
  sendsPerMinute: 300,
  friends: 3000,
  offlinePerSession: 100,
  offlineTotal: 5000,
  offlineMs: 30 * 24 * 3_600_000,
};

/** The policy of a new world. */
export const defaultPolicy: Policy = {
  kickStrategy: "default",
  kickPairs: [],
  plan: "unlimited",
  customPlan: UNLIMITED_PLAN,
  roaming: "all",
  unreadSync: "off",
  revokeWindowMs: 2 * 60_000,
  revokeDecrementsUnread: false,
  strictFriendAccept: false,
  tokenLifetimeMs: 30 * 24 * 3_600_000,
  androidNeverCallsBack: false,
};

/** The plan limits in force. */
export function planOf(policy: Policy): PlanLimits {
  if (policy.plan === "unlimited") return UNLIMITED_PLAN;
  return policy.plan === "free" ? FREE_PLAN : policy.customPlan;
}
