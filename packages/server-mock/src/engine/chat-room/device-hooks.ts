import type { DeviceHooks } from "../device/lifecycle.ts";

/** What a device's comings and goings do to its chat rooms. */
export const roomsOfDevice: DeviceHooks = {};
