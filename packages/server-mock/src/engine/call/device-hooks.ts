import type { DeviceHooks } from "../device/lifecycle.ts";

/** What a device's comings and goings do to its calls. */
export const callsOfDevice: DeviceHooks = {};
