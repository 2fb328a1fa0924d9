import { CallState } from "@nimkit/sdk/protocol/enums";
import { stateOf } from "../call/find.ts";
import type { Env } from "../env.ts";
import type { JournalEvent } from "../journal.ts";
import type { World } from "../world.ts";
import { endSound } from "./end.ts";
import type { SoundActivity, SoundPlace } from "./sound.ts";

/** What sounds on a device, and under which call. */
export interface DeviceSound {
  readonly place: SoundPlace;
  readonly activity: SoundActivity;
}

/** What a device plays or records; of both kinds unless one is named. */
export function soundsOf(
  world: World,
  account: string,
  deviceId: string,
  kind?: SoundActivity["kind"],
): readonly DeviceSound[] {
  const activities = world.accounts.get(account)?.devices.get(deviceId)?.peripherals.activities ?? [];
  const sounds: DeviceSound[] = [];
  for (const [call, activity] of activities) {
    if (activity.kind === "download" || (kind !== undefined && activity.kind !== kind)) continue;
    sounds.push({ place: { account, deviceId, call }, activity });
  }
  return sounds;
}

/** Ends what a device plays or records, which may be nothing. */
export function endSounds(
  world: World,
  env: Env,
  account: string,
  deviceId: string,
  kind: SoundActivity["kind"] | undefined,
  recording: "kept" | "dropped",
): readonly JournalEvent[] {
  return soundsOf(world, account, deviceId, kind).flatMap(({ place, activity }) =>
    endSound(world, env, place, activity, recording),
  );
}

/** Whether a call has the device's microphone and speaker: from starting or answering it on, not while it rings here. */
export function isInCall(world: World, account: string, deviceId: string): boolean {
  const state = stateOf(world, account, deviceId);
  return state !== CallState.IDLE && state !== CallState.RINGING;
}
