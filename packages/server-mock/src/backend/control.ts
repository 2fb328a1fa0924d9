import type { KickReason } from "@nimkit/sdk/protocol/enums";
import type { LogEntry } from "../engine/entry.ts";
import type { Policy } from "../engine/policy.ts";
import type { Snapshot } from "../engine/snapshot.ts";
import type { SeedData } from "../seed/seed-data.ts";
import type { MockClock } from "./clock.ts";
import type { RoomControl } from "./room-control.ts";

/** Steers the mock from a test or a console. */
export interface MockControl {
  /** Starts again: empty world, the options' seed and policy, a new epoch. All logins end. */
  reset(): void;
  /** Adds accounts, friends, teams, rooms and messages, quietly. @throws RuleError 414 with the path of a wrong name. */
  seed(data: SeedData): void;
  /** The backend's time. */
  readonly clock: MockClock;
  /** Cuts open streams as a lost connection does, without an end frame: of all, an account, or one device. */
  dropStreams(account?: string, deviceId?: string): void;
  /** Logs an account's devices out from outside, or one of them. Default reason: by the server. */
  kick(account: string, options?: { readonly deviceId?: string; readonly reason?: KickReason }): void;
  /** Does to chat rooms what only the app's own server can. */
  readonly rooms: RoomControl;
  /**
   * The whole world as JSON, without the bytes of attachments: this backend keeps them until `reset`, and on any other
   * reading one gives 404. It holds other users' data: guard it (reliability.md S21).
   */
  snapshot(): Snapshot;
  /** Puts a snapshot in the place of the world and begins a new epoch. @throws TypeError if it is none. */
  restore(snapshot: Snapshot): void;
  /** A stable hash of the world. */
  digest(): string;
  /** The policy in force. */
  readonly policy: Policy;
  /** Changes settings of the policy; others stay. */
  setPolicy(policy: Partial<Policy>): void;
  /** The newest entries of the log, oldest first. */
  log(): readonly LogEntry[];
  /** Count of open event streams. */
  openStreams(): number;
}
