import type { ChatRoomEventType } from "@nimkit/sdk/protocol/enums";
import type { RoomInfo } from "../engine/chat-room/room.ts";
import type { RoomOrder } from "../engine/chat-room/room-order.ts";

type Data = Extract<RoomOrder, { readonly kind: "announce" }>["data"];

/** What only the app's server can do to a chat room. All of it @throws RuleError 404 when there is no such room. */
export interface RoomControl {
  /** Tells those inside (event 311) and puts them out with reason 1. Nobody may enter any more. */
  close(roomId: string): void;
  /** Lets people in again. */
  open(roomId: string): void;
  /** Mutes everybody but the creator and managers (318), or lifts that (319). */
  mute(roomId: string, muted?: boolean): void;
  /** Changes the room's information (312). */
  update(roomId: string, change: Partial<RoomInfo>): void;
  /**
   * Mutes an account for a time in milliseconds (314); 0 lifts it (315).
   * @throws RuleError 414 for more than 30 days, 404 for an unknown account
   */
  muteFor(roomId: string, userId: string, forMs: number): void;
  /** Ends a member's connection as being in a bad state: reason 4. @throws RuleError 404 when the member is not inside */
  breakOff(roomId: string, userId: string): void;
  /**
   * Tells those inside what other clients did that the module has no entry for: 316, 317 or 320.
   * @throws RuleError 414 for another event
   */
  announce(roomId: string, eventType: ChatRoomEventType, data?: Data): void;
  /** Any of these, as data. */
  order(roomId: string, order: RoomOrder): void;
}

/** Makes the control of rooms out of what carries an order to the engine. */
export function createRoomControl(send: (roomId: string, order: RoomOrder) => void): RoomControl {
  return {
    close: (roomId) => send(roomId, { kind: "close" }),
    open: (roomId) => send(roomId, { kind: "open" }),
    mute: (roomId, muted = true) => send(roomId, { kind: "mute", muted }),
    update: (roomId, change) => send(roomId, { kind: "update", change }),
    muteFor: (roomId, userId, forMs) => send(roomId, { kind: "muteFor", userId, forMs }),
    breakOff: (roomId, userId) => send(roomId, { kind: "breakOff", userId }),
    announce: (roomId, eventType, data) =>
      send(roomId, data === undefined ? { kind: "announce", eventType } : { kind: "announce", eventType, data }),
    order: send,
  };
}
