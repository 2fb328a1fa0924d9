import { CallState, ErrorCode } from "@nimkit/sdk/protocol/enums";
import type { Platform } from "../entry.ts";

// The call's state machine as data, one device at a time. Deciding looks everything up here, and the page of the docs is
// printed from here. A step that stands in neither table is a defect of the engine.

/** What can happen to a device's part in a call: the calls that it makes, and what it is told of. */
export type CallTrigger =
  | "startCall"
  | "accept"
  | "reject"
  | "hangUp"
  | "control"
  | "setMedia"
  | "received"
  | "calleeReceived"
  | "calleeBusy"
  | "peerAccepted"
  | "peerRejected"
  | "answeredElsewhere"
  | "peerHungUp"
  | "rangOut"
  | "mediaUp"
  | "disconnected"
  | "sessionEnded";

/** One step of the machine. */
export interface CallTransition {
  readonly from: CallState;
  readonly on: CallTrigger;
  readonly to: CallState;
  /** Row of behaviour.md that says so. */
  readonly source: string;
}

/** A call that a device may not make in a state. */
export interface CallRefusal {
  readonly from: CallState;
  readonly on: CallTrigger;
  readonly code: ErrorCode;
  /** Platforms that have a code of their own for it. */
  readonly codeOn?: Partial<Readonly<Record<Platform, ErrorCode>>>;
  /** Row of behaviour.md that says so. */
  readonly source: string;
}

const { IDLE, CALLING, RINGING_REMOTE, RINGING, CONNECTING, TALKING } = CallState;
const UNANSWERED = [CALLING, RINGING_REMOTE];
const ANSWERED = [CONNECTING, TALKING];
const IN_CALL = [...UNANSWERED, RINGING, ...ANSWERED];

const steps = (from: readonly CallState[], on: CallTrigger, to: CallState, source: string): CallTransition[] =>
  from.map((state) => ({ from: state, on, to, source }));
const stays = (states: readonly CallState[], on: CallTrigger, source: string): CallTransition[] =>
  states.map((state) => ({ from: state, on, to: state, source }));
const refusals = (from: readonly CallState[], refusal: Omit<CallRefusal, "from">): CallRefusal[] =>
  from.map((state) => ({ from: state, ...refusal }));

/** Every step that a device can make. */
export const callTransitions: readonly CallTransition[] = [
  ...steps([IDLE], "startCall", CALLING, "B.13: idle, startCall"),
  ...steps([IDLE], "received", RINGING, "B.13: idle, onCallReceive"),
  ...steps([CALLING], "calleeReceived", RINGING_REMOTE, "B.13: calling, control 12"),
  ...stays([RINGING_REMOTE], "calleeReceived", "B.13 receive: each device of the callee sends 12"),
  ...stays(UNANSWERED, "calleeBusy", "B.13 busy: the caller's app hangs up by itself"),
  ...steps(UNANSWERED, "peerAccepted", CONNECTING, "B.13: calling / ringing-remote, onCallResponse accepted"),
  ...steps(UNANSWERED, "peerRejected", IDLE, "B.13: calling / ringing-remote, onCallResponse not accepted"),
  ...steps(UNANSWERED, "hangUp", IDLE, "B.13: calling / ringing-remote, hangup; busy"),
  ...steps(UNANSWERED, "rangOut", IDLE, "B.13: calling / ringing-remote, 45 s"),
  ...steps([RINGING], "accept", CONNECTING, "B.13: ringing, responseCall(true)"),
  ...steps([RINGING], "reject", IDLE, "B.13: ringing, responseCall(false)"),
  ...steps([RINGING], "peerHungUp", IDLE, "B.13: ringing, onCallHangup"),
  ...steps([RINGING], "answeredElsewhere", IDLE, "B.13: ringing, by other"),
  ...steps([RINGING], "rangOut", IDLE, "B.13: ringing, 45 s"),
  ...steps([CONNECTING], "mediaUp", TALKING, "B.13: connecting, onCallCallEstablished"),
  ...steps(ANSWERED, "hangUp", IDLE, "B.13: connecting / talking, callHangup"),
  ...steps(ANSWERED, "peerHungUp", IDLE, "B.13: connecting / talking, onCallHangup"),
  ...steps(ANSWERED, "disconnected", IDLE, "B.13: connecting / talking, onCallCallDisconnected"),
  ...stays([TALKING], "control", "B.13: talking, control"),
  ...stays([...UNANSWERED, RINGING, CONNECTING], "control", "B.13 control: no state is named, it is passed on"),
  ...stays([...UNANSWERED, ...ANSWERED], "setMedia", "A.4: the engine runs from the call or its answer on"),
  ...steps(IN_CALL, "sessionEnded", IDLE, "B.1: a device that is logged out is in no call"),
];

/** Every call that a device's state forbids. Who may call at all is checked before: see the order of codes of each rpc. */
export const callRefusals: readonly CallRefusal[] = [
  ...refusals(IN_CALL, { on: "startCall", code: ErrorCode.CALL_BUSY, source: "B.13 start: a call already running" }),
  ...refusals([RINGING], {
    on: "hangUp",
    code: ErrorCode.FORBIDDEN,
    source: "B.13 hangup: a callee that has not answered rejects",
  }),
  ...(["accept", "reject"] as const).flatMap((on) =>
    refusals(ANSWERED, {
      on,
      code: ErrorCode.CALL_ANSWERED_ELSEWHERE,
      codeOn: { ios: ErrorCode.CALL_HANDLED_ELSEWHERE },
      source: "B.13 response: once; a later one is 9103 (server) or 10013 (iOS, local)",
    }),
  ),
  ...refusals([IDLE, RINGING], {
    on: "setMedia",
    code: ErrorCode.CALL_ENGINE_NOT_STARTED,
    source: "A.4: 20001, the engine is not started",
  }),
];

const cell = (state: CallState, on: CallTrigger): string => `${state} ${on}`;
const next = new Map(callTransitions.map(({ from, on, to }) => [cell(from, on), to]));
const refused = new Map(callRefusals.map((refusal) => [cell(refusal.from, refusal.on), refusal]));

/** Where a trigger leads; undefined if the table has no such step. */
export function nextState(from: CallState, on: CallTrigger): CallState | undefined {
  return next.get(cell(from, on));
}

/** The code with which a call in a state is refused on a platform; undefined when the state does not forbid it. */
export function stateRefusal(from: CallState, on: CallTrigger, platform: Platform): ErrorCode | undefined {
  const refusal = refused.get(cell(from, on));
  return refusal?.codeOn?.[platform] ?? refusal?.code;
}
