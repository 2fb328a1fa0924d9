import { endSounds } from "../audio/device-sounds.ts";
import type { DeviceHook, DeviceHooks } from "./lifecycle.ts";

const endingSounds =
  (recording: "kept" | "dropped"): DeviceHook =>
  (draft, world, env, account, deviceId) => {
    for (const event of endSounds(world, env, account, deviceId, undefined, recording)) draft.emit(event);
  };

/** What a device's comings and goings do to what it plays and records. Downloads have hooks of their own. */
export const activitiesOfDevice: DeviceHooks = {
  // Whoever logs out, or is kicked, has no account left to keep a recording for.
  sessionEnds: endingSounds("dropped"),
  // Stopped as by stopPlay and stopRecord (behaviour.md B.14): what was said until the call is kept.
  soundTaken: endingSounds("kept"),
};
