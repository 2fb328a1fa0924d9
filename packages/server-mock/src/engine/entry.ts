import type { KickReason } from "@nimkit/sdk/protocol/enums";
import type { CommandOf, RpcName } from "../gen/commands.ts";
import type { SeedData } from "../seed/seed-data.ts";
import type { FileFacts } from "./attachment/attachment.ts";
import type { RoomOrder } from "./chat-room/room-order.ts";
import type { Policy } from "./policy.ts";
import type { Snapshot } from "./snapshot.ts";

/** Written into every entry. A log is only stepped by the engine version that wrote it. */
export const ENGINE_VERSION = "1";

/** The platform a device declares. It decides the kick class and the platform's own error codes. */
export type Platform = "ios" | "android" | "web";

/** Who calls: a device of an account. For a public rpc such as login `account` is ignored. */
export interface Actor {
  readonly account: string;
  readonly deviceId: string;
  readonly platform: Platform;
}

/** A call of an rpc, with the plain command that the service layer validated. */
export type CallCommand<K extends RpcName = RpcName> = {
  [P in K]: {
    readonly kind: "call";
    readonly rpc: P;
    readonly actor?: Actor;
    readonly input: CommandOf<P>;
    readonly facts?: HostFacts;
  };
}[K];

/** What the host adds to a call because the engine cannot know it. It is part of the entry, so a replay has it too. */
export interface HostFacts {
  /** Login: hash of the access token that the host made. The token itself never enters the log. */
  readonly tokenHash?: string;
  /** UploadChunk: bytes that came. They themselves never enter the log. */
  readonly length?: number;
  /** FinishUpload: what the bytes of the upload are; absent when the host does not have them all. */
  readonly file?: FileFacts;
}

/** Everything that may change the world. */
export type LogCommand =
  | CallCommand
  | {
      readonly kind: "connected";
      readonly account: string;
      readonly deviceId: string;
      readonly platform: Platform;
    }
  | {
      readonly kind: "disconnected";
      readonly account: string;
      readonly deviceId: string;
      /** Index of the `connected` entry that this one ends. */
      readonly stream: number;
      /** Last offset that was handed to the transport. */
      readonly sent: number;
    }
  | {
      /** The reader of a streaming rpc left before its last answer. */
      readonly kind: "abandoned";
      readonly account: string;
      readonly deviceId: string;
      /** Index of the entry of the call. */
      readonly call: number;
    }
  | { readonly kind: "tick" }
  | { readonly kind: "seed"; readonly seed: SeedData }
  | { readonly kind: "policy"; readonly policy: Partial<Policy> }
  | { readonly kind: "kick"; readonly account: string; readonly deviceId?: string; readonly reason: KickReason }
  | { readonly kind: "room"; readonly roomId: string; readonly order: RoomOrder }
  | { readonly kind: "reset" }
  | { readonly kind: "restore"; readonly snapshot: Snapshot };

/** One entry of the log: a command, and all the time and chance that the engine may use to decide it. */
export interface LogEntry {
  /** 1 for the first entry, then without gaps; a restore goes on after all that its snapshot knows of. */
  readonly index: number;
  readonly engineVersion: string;
  /** Milliseconds since 1970; never earlier than the entry before. */
  readonly time: number;
  /** Unsigned 32-bit number from which ids and random numbers of this entry follow. */
  readonly seed: number;
  readonly command: LogCommand;
}
