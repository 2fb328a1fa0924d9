import type { JsonObject } from "@bufbuild/protobuf";
import type { Gender, MessageType, SessionType } from "@nimkit/sdk/protocol/enums";
import type { EventData, SystemMessageData } from "../gen/commands.ts";
import type { AttachmentStore, AttachmentTimer } from "./attachment/attachment.ts";
import { emptyAttachmentStore } from "./attachment/attachment.ts";
import type { LocalSound } from "./audio/sound.ts";
import type { TokenTimer } from "./auth/expire.ts";
import type { CallStore, CallTimer } from "./call/call.ts";
import { emptyCallStore } from "./call/call.ts";
import type { Room, RoomTimer } from "./chat-room/room.ts";
import type { DeviceTimer, Peripherals } from "./device/peripherals.ts";
import type { Platform } from "./entry.ts";
import { defaultPolicy, type Policy } from "./policy.ts";
import type { Team } from "./team/team.ts";

// The world is plain data in Maps: no class, no protobuf message, no text of a user as an object's key.
// Only `apply` changes it. Instants are milliseconds since 1970.

/** The whole state of one app. */
export interface World {
  policy: Policy;
  readonly accounts: Map<string, Account>;
  /** By hash of the access token. */
  readonly tokens: Map<string, Token>;
  readonly conversations: Map<string, Conversation>;
  /** Message id to the key of the conversation that holds it, or to several: ids are the senders' own. */
  readonly messageHomes: Map<string, string | readonly string[]>;
  readonly teams: Map<string, Team>;
  readonly rooms: Map<string, Room>;
  readonly calls: CallStore;
  readonly attachments: AttachmentStore;
  /** By path, files that every device has and can play. */
  readonly sounds: Map<string, LocalSound>;
  /** What falls due, sorted by time and key. */
  readonly timeline: Timer[];
}

/** What an access token stands for. */
export interface Token {
  readonly account: string;
  readonly deviceId: string;
  readonly platform: Platform;
  readonly expiresAt: number;
}

/** Something to do at a time. */
export interface Timer {
  readonly due: number;
  readonly key: string;
  readonly action: TimerAction;
}

/** What a timer does. */
export type TimerAction = TokenTimer | CallTimer | RoomTimer | DeviceTimer | AttachmentTimer;

/** A user. */
export interface Account {
  readonly id: string;
  password: string | undefined;
  flags: AccountFlags;
  profile: Profile;
  /** What the profile was before, oldest first: what devices still show that have not heard of the change. */
  readonly earlierProfiles: EarlierProfile[];
  readonly friends: Map<string, Friendship>;
  /** Own names for accounts that are no longer friends: a deletion keeps them (behaviour.md B.8). */
  readonly keptAliases: Map<string, string>;
  /** Accounts that asked for friendship, with the time. */
  readonly friendRequests: Map<string, number>;
  readonly blacklist: Set<string>;
  readonly muteList: Set<string>;
  /** Oldest first. */
  readonly systemMessages: StoredSystemMessage[];
  readonly devices: Map<string, Device>;
  /** How the account sees its conversations, by conversation key. */
  readonly views: Map<string, AccountView>;
  /** Index of the entry up to which connected devices were handed everything: the end of the last open stream. */
  caughtUpTo: number;
  /** Sends in the current minute, for plans with a rate. */
  rate: { minute: number; count: number };
}

/** What the app's administrator decided about an account. */
export interface AccountFlags {
  readonly banned: boolean;
  readonly loginForbidden: boolean;
  readonly versionForbidden: boolean;
  readonly muted: boolean;
}

/** Profile; a text that was never set is absent. */
export interface Profile {
  readonly gender: Gender;
  readonly nickname?: string;
  readonly avatarUrl?: string;
  readonly sign?: string;
  readonly email?: string;
  readonly birth?: string;
  readonly mobile?: string;
  /** JSON text. */
  readonly ext?: string;
}

/** A profile that was changed. */
export interface EarlierProfile {
  readonly profile: Profile;
  /** Index of the entry that changed it. */
  readonly until: number;
}

/** One side of a friendship. */
export interface Friendship {
  readonly since: number;
  readonly alias?: string;
}

/** A system message and the entry that stored it. */
export interface StoredSystemMessage {
  readonly index: number;
  readonly message: SystemMessageData;
}

/** Why a device is no longer logged in. */
export type SessionEnd = "loggedOut" | "kicked" | "expired";

/** A device of an account: its login, its feed of events and what it keeps locally. */
export interface Device {
  readonly id: string;
  platform: Platform;
  /** `live` while logged in, with or without an open stream. */
  status: "live" | SessionEnd;
  tokenHash: string | undefined;
  /** Index of the entry of the last login. */
  loginIndex: number;
  /** When it last logged in, or out by itself. */
  authTime: number;
  /** By account, index of the entry since which the device knows its profile, when that was after the login. */
  readonly profilesSeen: Map<string, number>;
  /** Index of the `connected` entry of the open stream. */
  stream: number | undefined;
  /** Offset of the newest event in the feed; 0 when there was none. */
  lastOffset: number;
  /** A stream without a cursor begins after this offset. */
  freshFrom: number;
  /** The newest events, for resuming: contiguous offsets up to `lastOffset`. */
  feed: FeedItem[];
  /** Local state by conversation key. */
  readonly overlays: Map<string, Overlay>;
  /** Microphone, player, views and switches of the device. */
  readonly peripherals: Peripherals;
}

/** One event of a device's feed. */
export interface FeedItem {
  readonly offset: number;
  readonly time: number;
  /** Index of the log entry that caused it. */
  readonly index: number;
  readonly event: EventData;
}

/** What one device did to a conversation: marks over the account's timeline, never a copy of it. Marks are message times. */
export interface Overlay {
  /** Everything up to here is read. */
  readTime: number;
  /** Everything up to here is deleted on this device. */
  clearedTime: number;
  /** The session's row is hidden until a message later than this. */
  hiddenTime: number;
  /** Times of messages that a synced fetch brought back although they are deleted here. */
  readonly restored: Set<number>;
}

/** A stretch of a conversation: what came after one message, up to and with another. */
export interface Stretch {
  /** Seq of the last message before it. */
  readonly joinedSeq: number;
  /** Seq of its last message. */
  readonly leftSeq: number;
}

/** One account's part in a conversation. */
export interface AccountView {
  /** Seq of the last message before the account joined; 0 from the beginning. */
  joinedSeq: number;
  /** Seq of the last message that the account may see after it left. */
  leftSeq: number | undefined;
  /** What the account saw as a member before it left and joined again, oldest first. */
  earlier: readonly Stretch[];
  /** Highest read mark of the account's devices: what a new device starts from. */
  readTime: number;
  /** P2P: the peer was told that everything up to here is read. */
  receiptTime: number;
  /** Messages that the peer's blacklist refused: only the sender has them, and they take no seq. */
  readonly refused: StoredMessage[];
}

/** A P2P session or a team's session. */
export interface Conversation {
  readonly key: string;
  readonly type: SessionType;
  /** P2P: both accounts, sorted. Team: the team id alone. */
  readonly parties: readonly string[];
  /** By seq: `messages[seq - 1]`. */
  readonly messages: StoredMessage[];
  /** Message id to seq. */
  readonly byId: Map<string, number>;
  /** Time of the newest message, refused ones too: times strictly increase in a conversation. */
  lastTime: number;
}

/** What a message carries; which fields are set follows from its type. */
export interface MessageContent {
  readonly text?: string;
  readonly title?: string;
  readonly latitude?: number;
  readonly longitude?: number;
  readonly ext?: JsonObject;
  readonly attachment?: JsonObject;
  /** Of a file: its address inside the mock, which the service layer replaces by one that the caller can open. */
  readonly url?: string;
  readonly coverUrl?: string;
  readonly attachmentId?: string;
  readonly displayName?: string;
  readonly fileLength?: number;
  readonly md5?: string;
  readonly mimeType?: string;
  readonly width?: number;
  readonly height?: number;
  readonly duration?: number;
}

/** A message as the server keeps it. */
export interface StoredMessage {
  /** Absent for a refused message. */
  readonly seq?: number;
  readonly messageId: string;
  readonly serverId: string;
  readonly type: MessageType;
  readonly from: string;
  readonly timestamp: number;
  /** Index of the log entry that stored it. */
  readonly index: number;
  /** Whether it counts as unread for its readers. */
  readonly counted: boolean;
  /** Empty once revoked. */
  readonly content: MessageContent;
  readonly revokedBy?: string;
  /** Of a revoked message: hash of what it was, to tell a resend from another message with its id. */
  readonly fingerprint?: string;
}

/** A world in which nothing has happened. */
export function emptyWorld(): World {
  return {
    policy: defaultPolicy,
    accounts: new Map(),
    tokens: new Map(),
    conversations: new Map(),
    messageHomes: new Map(),
    teams: new Map(),
    rooms: new Map(),
    calls: emptyCallStore(),
    attachments: emptyAttachmentStore(),
    sounds: new Map(),
    timeline: [],
  };
}
