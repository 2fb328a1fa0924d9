import type { DeviceHooks } from "./lifecycle.ts";

/** What a device's comings and goings do to its playbacks, recordings and downloads. */
export const activitiesOfDevice: DeviceHooks = {};
