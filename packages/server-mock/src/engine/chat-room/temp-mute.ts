import { ChatRoomEventType } from "@nimkit/sdk/protocol/enums";
import type { Env } from "../env.ts";
import { createDraft, type Draft } from "../event/draft.ts";
import type { JournalEvent } from "../journal.ts";
import type { Timer, World } from "../world.ts";
import { announce } from "./notice.ts";
import type { Room, RoomTimer } from "./room.ts";

/** The end of a mute for a time. */
export function muteTimer(roomId: string, account: string, until: number): Timer {
  return {
    due: until,
    key: `room mute ${roomId} ${account}`,
    action: { kind: "liftRoomMute", roomId, account, until },
  };
}

/** Mutes somebody for a time in milliseconds; a new time takes the place of an old one, and 0 lifts the mute. */
export function muteFor(draft: Draft, world: World, env: Env, room: Room, account: string, forMs: number): void {
  const { roomId, creator } = room;
  const lifts = forMs === 0;
  if (lifts && !room.tempMutes.has(account)) return;
  const until = lifts ? undefined : env.now() + forMs;
  draft.emit({ type: "roomTempMuteChanged", roomId, account, until });
  if (until !== undefined) draft.emit({ type: "timerSet", timer: muteTimer(roomId, account, until) });
  announce(draft, world, env, room, {
    eventType: lifts ? ChatRoomEventType.REMOVE_TEMP_MUTE : ChatRoomEventType.ADD_TEMP_MUTE,
    operator: creator,
    targets: [account],
    ...(lifts ? {} : { more: { muteDuration: forMs } }),
  });
}

/** The time is up, unless the mute was lifted or renewed meanwhile. */
export function liftMute(
  world: World,
  env: Env,
  { roomId, account, until }: Extract<RoomTimer, { kind: "liftRoomMute" }>,
): readonly JournalEvent[] {
  const room = world.rooms.get(roomId);
  if (!room || room.tempMutes.get(account) !== until) return [];
  const draft = createDraft(world, env);
  if (world.policy.roomTellsMuteEnd) muteFor(draft, world, env, room, account, 0);
  else draft.emit({ type: "roomTempMuteChanged", roomId, account, until: undefined });
  return draft.events;
}
