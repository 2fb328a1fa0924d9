import type { TimerRules } from "../timers.ts";
import type { DeviceTimer } from "./peripherals.ts";

/** What falls due. */
export const deviceTimers: TimerRules<DeviceTimer> = {
  activityDue: () => [],
};
