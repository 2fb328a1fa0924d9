import type { CallState, CallType } from "@nimkit/sdk/protocol/enums";
import type { Platform } from "../entry.ts";
import type { DeviceCall } from "./device-call.ts";
import type { CallEnding } from "./endings.ts";

/** All calls of the world, and what each device has of them. */
export interface CallStore {
  /** Calls that have not ended, by id. */
  readonly live: Map<string, Call>;
  /** The newest calls that have ended, by id, oldest first: a late answer is told why it is late. */
  readonly ended: Map<string, EndedCall>;
  /** By {@link deviceKey}. */
  readonly devices: Map<string, DeviceCall>;
}

/** A call between two accounts that has not ended. */
export interface Call {
  /** A 64-bit number in decimal. */
  readonly id: string;
  /** Index of the log entry that began it. */
  readonly index: number;
  readonly caller: string;
  readonly callee: string;
  /** The caller's own data, as JSON text. */
  readonly ext: string | undefined;
  readonly startedAt: number;
  /** When it stops ringing without an answer. */
  readonly ringDue: number;
  /** Voice or video; controls 6 and 8 change it. */
  type: CallType;
  /** The callee's answer. */
  answer: CallAnswer | undefined;
  /** When sound and picture flow on both sides; before that both are connecting. */
  connectDue: number | undefined;
  establishedAt: number | undefined;
  /** Accounts that asked for video and have no answer yet. */
  readonly videoAsked: Set<string>;
  /** Devices of the callee that the call has come to in their present login: they ring, did ring, or were busy. */
  readonly heardBy: Set<string>;
  /** The devices that take part now, by {@link deviceKey}. */
  readonly parts: Map<string, CallPart>;
}

/** Who answered a call, and when. */
export interface CallAnswer {
  readonly deviceId: string;
  readonly platform: Platform;
  readonly accepted: boolean;
  readonly time: number;
}

/** One device's part in a call. */
export interface CallPart {
  readonly account: string;
  readonly deviceId: string;
  /** Never idle: a device that is out of the call has no part in it. */
  state: CallState;
  /** Of a callee's device: its feedback (control 12) went to the caller. */
  reached: boolean;
  /** Its stream of events broke off and is not back. */
  lost: boolean;
  /** When the call ends if the stream does not come back. */
  lostDue: number | undefined;
}

/** A call that is over, as far as somebody may still ask for it. */
export interface EndedCall {
  readonly id: string;
  readonly index: number;
  readonly caller: string;
  readonly callee: string;
  readonly answer: CallAnswer | undefined;
  readonly ending: CallEnding;
  readonly endedAt: number;
}

/** What falls due in a call. */
export type CallTimer =
  /** Nobody answered. */
  | { readonly kind: "callRang"; readonly callId: string }
  /** Sound and picture have come up. */
  | { readonly kind: "callConnected"; readonly callId: string }
  /** A device was without network for too long. */
  | { readonly kind: "callLost"; readonly callId: string; readonly account: string; readonly deviceId: string };

/** What is known of a call when it begins. */
export type CallStart = Pick<Call, "index" | "caller" | "callee" | "ext" | "startedAt" | "ringDue" | "type"> & {
  readonly callId: string;
};

/** A call that nobody is in yet. */
export function newCall({ callId, ...start }: CallStart): Call {
  return {
    id: callId,
    ...start,
    answer: undefined,
    connectDue: undefined,
    establishedAt: undefined,
    videoAsked: new Set(),
    heardBy: new Set(),
    parts: new Map(),
  };
}

/** A world without calls. */
export function emptyCallStore(): CallStore {
  return { live: new Map(), ended: new Map(), devices: new Map() };
}

/** Key of a device. Accounts hold no space, so two devices never share one. */
export const deviceKey = (account: string, deviceId: string): string => `${account} ${deviceId}`;
