import type { Env } from "../env.ts";
import { createDraft } from "../event/draft.ts";
import type { JournalEvent } from "../journal.ts";
import type { TimerRules } from "../timers.ts";
import type { World } from "../world.ts";
import { announceExit } from "./leave.ts";
import type { RoomTimer } from "./room.ts";
import { liftMute } from "./temp-mute.ts";

/** What falls due. */
export const roomTimers: TimerRules<RoomTimer> = {
  liftRoomMute: liftMute,
  giveUpRoomPlace: giveUpPlace,
};

/** A device whose connection broke did not come back in time: the others see it leave. */
function giveUpPlace(
  world: World,
  env: Env,
  { roomId, account, keptUntil }: Extract<RoomTimer, { kind: "giveUpRoomPlace" }>,
): readonly JournalEvent[] {
  const room = world.rooms.get(roomId);
  const visit = room?.visits.get(account);
  if (!room || visit?.link !== "lost" || visit.keptUntil !== keptUntil) return [];
  const draft = createDraft(world, env);
  draft.emit({ type: "roomLinkChanged", roomId, account, link: "out" });
  announceExit(draft, world, env, room, account);
  return draft.events;
}
