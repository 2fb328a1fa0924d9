import { ChatRoomStatus } from "@nimkit/sdk/protocol/enums";
import type { DeviceHooks } from "../device/lifecycle.ts";
import type { Env } from "../env.ts";
import { createDraft, type Draft } from "../event/draft.ts";
import type { JournalEvent } from "../journal.ts";
import type { World } from "../world.ts";
import { enterRefusal, takeIn } from "./enter.ts";
import { leave } from "./leave.ts";
import type { Room, Visit } from "./room.ts";
import { tellStatus } from "./tell.ts";

/**
 * What a device's comings and goings do to its chat rooms: its stay ends with its login, and a broken connection is
 * made again by itself (behaviour.md B.12).
 */
export const roomsOfDevice: DeviceHooks = {
  sessionEnds(draft, world, env, account, deviceId, end) {
    for (const { room } of staysOf(world, account, deviceId)) {
      // A device whose token ran out still hears what it loses; the others know.
      if (end === "expired") tellStatus(draft, account, deviceId, room.roomId, ChatRoomStatus.LOST);
      leave(draft, world, env, room, account);
    }
  },

  streamLost(draft, world, env, account, deviceId) {
    for (const { room, visit } of staysOf(world, account, deviceId)) {
      if (visit.link !== "open") continue;
      loseLink(draft, world, env, room, account, visit);
    }
  },

  streamOpened(draft, world, env, account, deviceId) {
    for (const { room, visit } of staysOf(world, account, deviceId)) {
      if (visit.link === "open") continue;
      const { roomId } = room;
      tellStatus(draft, account, deviceId, roomId, ChatRoomStatus.ENTERING);
      if (visit.link === "lost") {
        draft.emit({ type: "roomLinkChanged", roomId, account, link: "open" });
        tellStatus(draft, account, deviceId, roomId, ChatRoomStatus.ENTERED);
      } else if (enterRefusal(room, account) === undefined) {
        const { card, notifyExtension } = visit;
        takeIn(draft, world, env, room, account, { deviceId, card, notifyExtension });
      } else {
        draft.emit({ type: "roomLeft", roomId, account });
        tellStatus(draft, account, deviceId, roomId, ChatRoomStatus.ENTER_FAILED);
      }
    }
  },
};

/** The device hears that its link is lost; its place is kept for a while, which the others do not notice. */
function loseLink(draft: Draft, world: World, env: Env, { roomId }: Room, account: string, visit: Visit): void {
  tellStatus(draft, account, visit.deviceId, roomId, ChatRoomStatus.LOST);
  const keptUntil = env.now() + world.policy.roomPlaceMs;
  draft.emit({ type: "roomLinkChanged", roomId, account, link: "lost", keptUntil });
  const action = { kind: "giveUpRoomPlace", roomId, account, keptUntil } as const;
  draft.emit({ type: "timerSet", timer: { due: keptUntil, key: `room place ${roomId} ${account}`, action } });
}

/** All streams are gone, as after a restore: every link is lost. */
export function loseAllLinks(world: World, env: Env): readonly JournalEvent[] {
  const draft = createDraft(world, env);
  for (const room of world.rooms.values()) {
    for (const [account, visit] of room.visits) {
      const device = world.accounts.get(account)?.devices.get(visit.deviceId);
      if (visit.link === "open" && device?.stream !== undefined) loseLink(draft, world, env, room, account, visit);
    }
  }
  return draft.events;
}

function* staysOf(
  world: World,
  account: string,
  deviceId: string,
): Generator<{ readonly room: Room; readonly visit: Visit }> {
  for (const room of world.rooms.values()) {
    const visit = room.visits.get(account);
    if (visit?.deviceId === deviceId) yield { room, visit };
  }
}
