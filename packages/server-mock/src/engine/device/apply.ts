import type { Appliers } from "../journal.ts";
import type { DeviceEvent } from "./journal.ts";

/** Folds facts about a device's peripherals and activities into the world. */
export const deviceAppliers: Appliers<DeviceEvent> = {};
