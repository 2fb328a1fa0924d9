/** How a call ended. Every call ends in exactly one of these ways. */
export type CallEnding =
  /** One side hung up after the answer. */
  | "hangup"
  /** The caller hung up before the answer. */
  | "cancel"
  /** The callee refused. */
  | "reject"
  /** Nobody answered in time. */
  | "timeout"
  /** A side that was talking was without network for too long. */
  | "networkLoss"
  /** A side logged out. */
  | "logout"
  /** A side was kicked. */
  | "kick"
  /** A side's access token ran out. */
  | "tokenExpiry";

/** What a call's record says of it (behaviour.md B.13, record state). */
export const RECORD_STATES = { success: 0, missed: 1, rejected: 2, cancelled: 3 } as const;

/** A record state's name. */
export type RecordState = keyof typeof RECORD_STATES;

/** The record state that an ending comes to. A caller who goes away before the answer has cancelled. */
export function recordStateOf(ending: CallEnding, answered: boolean): RecordState {
  if (ending === "reject") return "rejected";
  if (ending === "timeout") return "missed";
  return answered ? "success" : "cancelled";
}
