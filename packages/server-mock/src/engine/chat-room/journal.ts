import type { StoredMessage } from "../world.ts";
import type { FixedMember, RoomInfo, Visit } from "./room.ts";

/** Facts about chat rooms. */
export type ChatRoomEvent =
  /** A device went in; an earlier device of the account is out. */
  | { readonly type: "roomEntered"; readonly roomId: string; readonly account: string; readonly visit: Visit }
  | { readonly type: "roomLeft"; readonly roomId: string; readonly account: string }
  | {
      readonly type: "roomLinkChanged";
      readonly roomId: string;
      readonly account: string;
      readonly link: Visit["link"];
      readonly keptUntil?: number;
    }
  /** Without a member the account is no fixed member any more. */
  | {
      readonly type: "roomMemberChanged";
      readonly roomId: string;
      readonly account: string;
      readonly member: FixedMember | undefined;
      readonly time: number;
    }
  /** Without an end the mute is over. */
  | {
      readonly type: "roomTempMuteChanged";
      readonly roomId: string;
      readonly account: string;
      readonly until: number | undefined;
    }
  | { readonly type: "roomClosed"; readonly roomId: string; readonly closed: boolean }
  | { readonly type: "roomMuted"; readonly roomId: string; readonly muted: boolean }
  | { readonly type: "roomInfoChanged"; readonly roomId: string; readonly change: Partial<RoomInfo> }
  | {
      readonly type: "roomMessageStored";
      readonly roomId: string;
      readonly message: StoredMessage;
      /** The minute whose sends it counts for; absent for a notification, which nobody sends. */
      readonly minute?: number;
    };
