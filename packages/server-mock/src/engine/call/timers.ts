import type { TimerRules } from "../timers.ts";
import type { CallTimer } from "./call.ts";

/** What falls due. */
export const callTimers: TimerRules<CallTimer> = {
  callRang: () => [],
};
