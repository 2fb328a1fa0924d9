import { downloadsOfDevice } from "../attachment/end-download.ts";
import { callsOfDevice } from "../call/device-hooks.ts";
import { roomsOfDevice } from "../chat-room/device-hooks.ts";
import type { Env } from "../env.ts";
import type { Draft } from "../event/draft.ts";
import type { SessionEnd, World } from "../world.ts";
import { activitiesOfDevice } from "./device-hooks.ts";

/** What a part of the engine does about a device that comes and goes. It reads the world as it was before. */
export interface DeviceHooks {
  /** The device's login ends: logged out, kicked or expired. Comes before the end itself, so it may still be told. */
  readonly sessionEnds?: DeviceHook;
  /** The device's stream of events broke off; its login goes on. */
  readonly streamLost?: DeviceHook;
  /** The device's stream of events is open, for the first time or again. */
  readonly streamOpened?: DeviceHook;
  /** A call takes the device's microphone and speaker: what it plays or records ends. */
  readonly soundTaken?: DeviceHook;
}

/** Adds to a decision what a change of a device's connection brings about. `end` says how a login ends. */
export type DeviceHook = (
  draft: Draft,
  world: World,
  env: Env,
  account: string,
  deviceId: string,
  end?: SessionEnd,
) => void;

const parts: readonly DeviceHooks[] = [callsOfDevice, roomsOfDevice, activitiesOfDevice, downloadsOfDevice];

/** Tells every part of the engine. */
export function tellParts(
  what: keyof DeviceHooks,
  draft: Draft,
  world: World,
  env: Env,
  account: string,
  deviceId: string,
  end?: SessionEnd,
): void {
  for (const part of parts) part[what]?.(draft, world, env, account, deviceId, end);
}
