import type { ChatRoomKickReason, ChatRoomStatus } from "@nimkit/sdk/protocol/enums";
import type { EventData } from "../../gen/commands.ts";
import type { Draft } from "../event/draft.ts";
import type { Room } from "./room.ts";

/** Tells the devices inside a room. One whose link is lost misses it: a room keeps nothing for later but its history. */
export function tellInside(draft: Draft, room: Room, event: EventData, without?: string): void {
  for (const [account, visit] of room.visits) {
    if (visit.link === "open" && account !== without) draft.deliverTo(account, visit.deviceId, event);
  }
}

/** Tells a device how it stands with a room. */
export function tellStatus(
  draft: Draft,
  account: string,
  deviceId: string,
  roomId: string,
  status: ChatRoomStatus,
): void {
  draft.deliverTo(account, deviceId, { payload: { case: "chatRoomStatus", value: { roomId, status } } });
}

/** Tells a device that it is out of a room. */
export function tellKicked(
  draft: Draft,
  account: string,
  deviceId: string,
  roomId: string,
  reason: ChatRoomKickReason,
): void {
  draft.deliverTo(account, deviceId, { payload: { case: "chatRoomKicked", value: { roomId, reason } } });
}
