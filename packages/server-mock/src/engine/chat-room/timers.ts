import type { TimerRules } from "../timers.ts";
import type { RoomTimer } from "./room.ts";

/** What falls due. */
export const roomTimers: TimerRules<RoomTimer> = {
  liftRoomMute: () => [],
};
