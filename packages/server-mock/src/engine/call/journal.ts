import type { CallState, CallType } from "@nimkit/sdk/protocol/enums";
import type { CallAnswer, CallStart } from "./call.ts";
import type { CallSettings, CallViews } from "./device-call.ts";
import type { CallEnding } from "./endings.ts";
import type { CallTrigger } from "./states.ts";

interface OfCall {
  readonly callId: string;
}

interface OfDevice {
  readonly account: string;
  readonly deviceId: string;
}

/** Facts about calls. */
export type CallEvent =
  | { readonly type: "callStarted"; readonly start: CallStart }
  /** A device took a step of the state machine. Idle: it is out of the call. */
  | (OfCall &
      OfDevice & {
        readonly type: "callMoved";
        readonly on: CallTrigger;
        readonly state: CallState;
        readonly time: number;
      })
  /** The call came to a device of the callee, or that device's login is over and it may come again. */
  | (OfCall & { readonly type: "callHeard"; readonly deviceId: string; readonly heard: boolean })
  /** A device of the callee told the caller that it rings. */
  | (OfCall & OfDevice & { readonly type: "callReached" })
  | (OfCall & { readonly type: "callAnswered"; readonly answer: CallAnswer; readonly connectDue: number | undefined })
  | (OfCall & { readonly type: "callEstablished"; readonly time: number })
  | (OfCall & { readonly type: "callVideoAsked"; readonly account: string; readonly asked: boolean })
  /** The call is a voice or a video call from now on; settings of both sides start anew. */
  | (OfCall & { readonly type: "callTypeChanged"; readonly callType: CallType })
  /** A device in a call lost its network, or has it back. */
  | (OfCall &
      OfDevice & { readonly type: "callNetworkChanged"; readonly lost: boolean; readonly due: number | undefined })
  | (OfCall & { readonly type: "callEnded"; readonly ending: CallEnding; readonly time: number })
  | (OfDevice & { readonly type: "callSettingsChanged"; readonly settings: CallSettings })
  /** Absent views were removed. */
  | (OfDevice & { readonly type: "callViewsChanged"; readonly views: CallViews | undefined });
