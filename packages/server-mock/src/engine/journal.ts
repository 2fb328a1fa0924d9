import type { ErrorCode } from "@nimkit/sdk/protocol/enums";
import type { EventData, RelationsData, ReplyOf } from "../gen/commands.ts";
import type { SeedData } from "../seed/seed-data.ts";
import type { AttachmentEvent } from "./attachment/journal.ts";
import type { CallEvent } from "./call/journal.ts";
import type { ChatRoomEvent } from "./chat-room/journal.ts";
import type { DeviceEvent } from "./device/journal.ts";
import type { Platform } from "./entry.ts";
import type { Policy } from "./policy.ts";
import type { Snapshot } from "./snapshot.ts";
import type { SystemMessageEvent } from "./system-message/journal.ts";
import type { TeamEvent } from "./team/journal.ts";
import type { Overlay, Profile, SessionEnd, StoredMessage, Timer, World } from "./world.ts";

/** Marks that a device sets on a conversation; absent ones stay. */
export type OverlayMarks = Partial<Pick<Overlay, "readTime" | "clearedTime" | "hiddenTime">>;

/** Everything that changes the world, as a fact. Folding the journal over an empty world gives the world. */
export type JournalEvent =
  | BaseEvent
  | SystemMessageEvent
  | TeamEvent
  | ChatRoomEvent
  | CallEvent
  | DeviceEvent
  | AttachmentEvent;

/** Rpcs whose later answers are journal events: what a device does for a while and reports in steps. */
export type ProgressRpc = "audio.playAudio" | "audio.recordAudioForDuration" | "message.downloadAttachment";

/** Facts about the log itself, logins, feeds, messages, sessions, users and friends. */
export type BaseEvent =
  | { readonly type: "worldReset" }
  | { readonly type: "worldRestored"; readonly snapshot: Snapshot; readonly index: number }
  | { readonly type: "policyChanged"; readonly policy: Partial<Policy> }
  | {
      readonly type: "seeded";
      readonly seed: SeedData;
      readonly index: number;
      readonly time: number;
      readonly ids: readonly string[];
    }
  // auth
  | {
      readonly type: "loggedIn";
      readonly account: string;
      readonly deviceId: string;
      readonly platform: Platform;
      readonly tokenHash: string;
      readonly time: number;
      readonly index: number;
      readonly expiresAt: number;
    }
  | {
      readonly type: "sessionEnded";
      readonly account: string;
      readonly deviceId: string;
      readonly end: SessionEnd;
      readonly time: number;
      readonly index: number;
    }
  | { readonly type: "streamOpened"; readonly account: string; readonly deviceId: string; readonly stream: number }
  | {
      readonly type: "streamClosed";
      readonly account: string;
      readonly deviceId: string;
      readonly sent: number;
      readonly index: number;
    }
  // feed
  | {
      readonly type: "delivered";
      readonly account: string;
      readonly deviceId: string;
      readonly offset: number;
      readonly time: number;
      readonly index: number;
      readonly event: EventData;
    }
  | { readonly type: "relationsChanged"; readonly account: string; readonly change: RelationsData }
  // timeline
  | { readonly type: "timerSet"; readonly timer: Timer }
  | { readonly type: "timerCleared"; readonly due: number; readonly key: string }
  // messages and sessions
  | {
      readonly type: "messageStored";
      readonly key: string;
      readonly message: StoredMessage;
      /** The minute, counted from 1970, whose sends it counts for. */
      readonly minute: number;
    }
  | {
      readonly type: "messageRevoked";
      readonly key: string;
      readonly seq: number;
      readonly by: string;
      readonly fingerprint: string;
    }
  | { readonly type: "receiptMoved"; readonly account: string; readonly key: string; readonly time: number }
  | {
      readonly type: "overlayMarked";
      readonly account: string;
      readonly deviceId: string;
      readonly key: string;
      readonly marks: OverlayMarks;
    }
  | {
      readonly type: "historySynced";
      readonly account: string;
      readonly deviceId: string;
      readonly key: string;
      readonly times: readonly number[];
    }
  // users and friends
  | { readonly type: "profileChanged"; readonly account: string; readonly profile: Profile; readonly index: number }
  /** A device knows the newest profiles of these accounts. */
  | {
      readonly type: "profilesSeen";
      readonly account: string;
      readonly deviceId: string;
      readonly userIds: readonly string[];
      readonly index: number;
    }
  | { readonly type: "blacklistChanged"; readonly account: string; readonly userId: string; readonly listed: boolean }
  | { readonly type: "muteListChanged"; readonly account: string; readonly userId: string; readonly listed: boolean }
  | { readonly type: "friendRequested"; readonly account: string; readonly from: string; readonly time: number }
  | { readonly type: "friendRequestClosed"; readonly account: string; readonly from: string }
  | { readonly type: "befriended"; readonly accounts: readonly [string, string]; readonly time: number }
  | { readonly type: "unfriended"; readonly accounts: readonly [string, string] }
  // steps of streaming rpcs: they change nothing, they only tell the reader
  | { readonly type: "progressed"; readonly call: number; readonly reply: ReplyOf<ProgressRpc> }
  | {
      readonly type: "progressEnded";
      readonly call: number;
      /** What it failed with; absent when it ended well. */
      readonly error?: ErrorCode;
    };

/** One kind of journal event. */
export type JournalEventOf<T extends JournalEvent["type"]> = Extract<JournalEvent, { readonly type: T }>;

/** What folds each event of a domain into the world. */
export type Appliers<E extends JournalEvent> = {
  readonly [T in E["type"]]: (world: World, event: Extract<E, { readonly type: T }>) => void;
};
