import type { JsonObject } from "@bufbuild/protobuf";
import type { ChatRoomMemberType } from "@nimkit/sdk/protocol/enums";
import type { Conversation } from "../world.ts";

/** A chat room: who belongs to it, who is inside and what was said. */
export interface Room extends RoomInfo {
  readonly roomId: string;
  readonly creator: string;
  /** Nobody is inside and nobody may enter. */
  closed: boolean;
  /** Only the creator and managers may send. */
  muted: boolean;
  /** Guests may not enter. */
  readonly membersOnly: boolean;
  /** Fixed members that the room may have. */
  readonly fixedMemberLimit: number;
  /** Fixed members by account, inside or not. */
  readonly members: Map<string, FixedMember>;
  /** Until when an account may not send. */
  readonly tempMutes: Map<string, number>;
  /** What an account shows in the room whenever it gives nothing else. */
  readonly saved: ReadonlyMap<string, RoomCard>;
  /** By account: the one device that is inside. */
  readonly visits: Map<string, Visit>;
  /** Newest of all enter and update times. Each is later than the one before, so that no page loses anybody. */
  memberTime: number;
  /** Messages and notifications. */
  readonly chat: Conversation;
}

/** What the server may change about a room. */
export interface RoomInfo {
  name: string;
  announcement?: string | undefined;
  broadcastUrl?: string | undefined;
  extension?: JsonObject | undefined;
}

/** Somebody who belongs to the room while away, too. */
export interface FixedMember {
  /** Who the member is when neither muted nor blacklisted; a guest is a fixed member only while one of the two. */
  readonly identity: ChatRoomMemberType;
  readonly muted: boolean;
  readonly blacklisted: boolean;
  readonly updateTime: number;
  /** Absent when the member never entered. */
  readonly enterTime?: number | undefined;
}

/** What somebody shows in a room. */
export interface RoomCard {
  readonly nickname?: string | undefined;
  readonly avatarUrl?: string | undefined;
  readonly extension?: JsonObject | undefined;
}

/** A device's stay in a room. */
export interface Visit {
  readonly deviceId: string;
  readonly enterTime: number;
  /** As given on entering: kept for this stay only. */
  readonly card: RoomCard;
  readonly notifyExtension?: JsonObject | undefined;
  /**
   * `open`: inside. `lost`: the device's connection broke, and its place is kept until `keptUntil`. `out`: that time is
   * over, and the device enters again by itself as soon as it is back.
   */
  readonly link: "open" | "lost" | "out";
  /** Of a lost link. */
  readonly keptUntil?: number | undefined;
}

/** What falls due in a room. */
export type RoomTimer =
  | { readonly kind: "liftRoomMute"; readonly roomId: string; readonly account: string; readonly until: number }
  | { readonly kind: "giveUpRoomPlace"; readonly roomId: string; readonly account: string; readonly keptUntil: number };

/** Whether a stay counts: the member is online. */
export function isInside(visit: Visit | undefined): visit is Visit {
  return visit !== undefined && visit.link !== "out";
}

/** Count of people inside. */
export function onlineCount(room: Room): number {
  let count = 0;
  for (const visit of room.visits.values()) if (isInside(visit)) count++;
  return count;
}
