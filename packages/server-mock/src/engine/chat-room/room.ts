import type { JsonObject } from "@bufbuild/protobuf";

/** A chat room, as seeded. */
export interface Room {
  readonly roomId: string;
  readonly name: string;
  readonly creator: string;
  readonly announcement?: string;
  readonly broadcastUrl?: string;
  readonly extension?: JsonObject;
  readonly managers: readonly string[];
  readonly closed: boolean;
  readonly muted: boolean;
}

/** What falls due in a room. */
export type RoomTimer = { readonly kind: "liftRoomMute"; readonly roomId: string; readonly account: string };
