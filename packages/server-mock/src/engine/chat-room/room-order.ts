import type { JsonObject } from "@bufbuild/protobuf";
import { ChatRoomEventType, ChatRoomKickReason, ErrorCode } from "@nimkit/sdk/protocol/enums";
import { canonicalAccount } from "../account-id.ts";
import type { Env } from "../env.ts";
import { createDraft, type Draft } from "../event/draft.ts";
import { MAX_ROOM_TEMP_MUTE_MS } from "../limits.ts";
import { accept, type Decision, refuse } from "../outcome.ts";
import type { World } from "../world.ts";
import { announceExit, putOut } from "./leave.ts";
import { announce } from "./notice.ts";
import { isInside, type Room, type RoomInfo } from "./room.ts";
import { wrongInfo } from "./room-info.ts";
import { tellKicked } from "./tell.ts";
import { muteFor } from "./temp-mute.ts";

/** What the app's own server does to a room: there is no rpc for it. */
export type RoomOrder =
  /** Everybody is put out with reason 1; nobody may enter until the room is opened again. */
  | { readonly kind: "close" }
  | { readonly kind: "open" }
  /** Mutes everybody but the creator and managers, or lifts that. */
  | { readonly kind: "mute"; readonly muted: boolean }
  | { readonly kind: "update"; readonly change: Partial<RoomInfo> }
  /** Mutes somebody for a time in milliseconds, at most 30 days; 0 lifts it. */
  | { readonly kind: "muteFor"; readonly userId: string; readonly forMs: number }
  /** Ends a member's connection as being in a bad state: reason 4, which iOS does not have. */
  | { readonly kind: "breakOff"; readonly userId: string }
  /** Tells those inside what other clients did that the module has no entry for: events 316, 317 and 320. */
  | { readonly kind: "announce"; readonly eventType: ChatRoomEventType; readonly data?: JsonObject };

const ANNOUNCED: readonly ChatRoomEventType[] = [
  ChatRoomEventType.UPDATE_MEMBER,
  ChatRoomEventType.UPDATE_QUEUE,
  ChatRoomEventType.UPDATE_QUEUE_BATCH,
];

/** Carries out an order of the app's server, in the creator's name. What is so already changes nothing. */
export function decideRoomOrder(world: World, env: Env, roomId: string, order: RoomOrder): Decision<object> {
  const room = world.rooms.get(roomId);
  if (!room) return refuse(ErrorCode.NOT_FOUND, "room_id");
  const wrong = wrongIn(world, room, order);
  if (wrong) return refuse(wrong.code, wrong.field);
  const draft = createDraft(world, env);
  carryOut(draft, world, env, room, order);
  return accept({}, draft.events);
}

function wrongIn(world: World, room: Room, order: RoomOrder) {
  const { BAD_PARAMETER, NOT_FOUND } = ErrorCode;
  switch (order.kind) {
    case "muteFor":
      if (!world.accounts.has(canonicalAccount(order.userId))) return { code: NOT_FOUND, field: "user_id" };
      return order.forMs >= 0 && order.forMs <= MAX_ROOM_TEMP_MUTE_MS
        ? undefined
        : { code: BAD_PARAMETER, field: "for_ms" };
    case "breakOff":
      return isInside(room.visits.get(canonicalAccount(order.userId)))
        ? undefined
        : { code: NOT_FOUND, field: "user_id" };
    case "announce":
      return ANNOUNCED.includes(order.eventType) ? undefined : { code: BAD_PARAMETER, field: "event_type" };
    case "update": {
      const field = wrongInfo(order.change);
      return field === undefined ? undefined : { code: BAD_PARAMETER, field };
    }
    case "close":
    case "open":
    case "mute":
      return undefined;
    default:
      // Orders come from files too.
      return { code: BAD_PARAMETER, field: "kind" };
  }
}

function carryOut(draft: Draft, world: World, env: Env, room: Room, order: RoomOrder): void {
  const { roomId, creator } = room;
  const tell = (eventType: ChatRoomEventType, data?: JsonObject): void =>
    announce(draft, world, env, room, { eventType, operator: creator, targets: [], ...(data && { more: { data } }) });
  switch (order.kind) {
    case "close":
      if (!room.closed) close(draft, room, () => tell(ChatRoomEventType.CLOSE));
      return;
    case "open":
      draft.emit({ type: "roomClosed", roomId, closed: false });
      return;
    case "mute":
      if (room.muted === order.muted) return;
      draft.emit({ type: "roomMuted", roomId, muted: order.muted });
      tell(order.muted ? ChatRoomEventType.MUTE_ROOM : ChatRoomEventType.UNMUTE_ROOM);
      return;
    case "update":
      draft.emit({ type: "roomInfoChanged", roomId, change: order.change });
      tell(ChatRoomEventType.UPDATE_ROOM);
      return;
    case "muteFor":
      muteFor(draft, world, env, room, canonicalAccount(order.userId), order.forMs);
      return;
    case "breakOff":
      breakOff(draft, world, env, room, canonicalAccount(order.userId));
      return;
    case "announce":
      tell(order.eventType, order.data);
  }
}

function close(draft: Draft, room: Room, tell: () => void): void {
  tell();
  draft.emit({ type: "roomClosed", roomId: room.roomId, closed: true });
  for (const [account, { deviceId }] of room.visits) {
    tellKicked(draft, account, deviceId, room.roomId, ChatRoomKickReason.CLOSED);
  }
}

function breakOff(draft: Draft, world: World, env: Env, room: Room, account: string): void {
  const deviceId = room.visits.get(account)?.deviceId ?? "";
  const isIos = world.accounts.get(account)?.devices.get(deviceId)?.platform === "ios";
  putOut(draft, room, account, isIos ? ChatRoomKickReason.UNSPECIFIED : ChatRoomKickReason.CONNECTION);
  announceExit(draft, world, env, room, account);
}
