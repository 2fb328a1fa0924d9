import { endSound } from "../audio/end.ts";
import type { TimerRules } from "../timers.ts";
import type { DeviceTimer } from "./peripherals.ts";

/** What falls due: a file was played to its end, a recording is at its longest. */
export const deviceTimers: TimerRules<DeviceTimer> = {
  activityDue(world, env, { account, deviceId, call }) {
    const activity = world.accounts.get(account)?.devices.get(deviceId)?.peripherals.activities.get(call);
    if (!activity || activity.kind === "download") return [];
    return endSound(world, env, { account, deviceId, call }, activity, "kept");
  },
};
