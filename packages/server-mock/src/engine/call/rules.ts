import type { DecideTable } from "../decide-table.ts";
import { decideCallControl } from "./control.ts";
import { decideCurrentCallId } from "./current.ts";
import { decideCallHangup } from "./hangup.ts";
import { decideResponseCall } from "./respond.ts";
import { decideStartCall } from "./start.ts";

/** The rpcs of CallService. */
export const callRules = {
  "call.startCall": decideStartCall,
  "call.responseCall": decideResponseCall,
  "call.callControl": decideCallControl,
  "call.callHangup": decideCallHangup,
  "call.currentCallId": decideCurrentCallId,
} satisfies Partial<DecideTable>;
