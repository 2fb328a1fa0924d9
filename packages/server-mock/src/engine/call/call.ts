/** A call between two accounts that has not ended. */
export interface Call {
  /** A 64-bit number in decimal. */
  readonly id: string;
}

/** What falls due in a call. */
export type CallTimer = { readonly kind: "callRang"; readonly callId: string };
