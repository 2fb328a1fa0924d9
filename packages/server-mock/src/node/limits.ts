/** Bounds that keep a server on one machine alive when a client misbehaves. Times are in milliseconds. */
export interface ServerLimits {
  /** Time from the first byte of a connection or of a request to the end of its headers. */
  readonly headersMs: number;
  /** Time from the first byte of a request to the end of its body. No rpc of the schema streams requests. */
  readonly bodyMs: number;
  /** A response whose written bytes do not drain for this long is destroyed: its reader is gone or stuck. */
  readonly writeStallMs: number;
  /** An HTTP/2 connection on which nothing moves for this long is closed; live streams have a heartbeat of 15 s. */
  readonly idleMs: number;
  /** How long `close()` waits for running calls before it destroys their sockets. */
  readonly closeMs: number;
  /** Open connections; more are refused at once. */
  readonly connections: number;
  /** Streams that one HTTP/2 connection may have open. Node's own default is 2^32 - 1. */
  readonly streamsPerConnection: number;
  /** Bytes of one message after decompression. Connect's own default is 4 GiB. */
  readonly messageBytes: number;
}

/** The defaults; the figures are those of reliability rules S8 and S11 and of the heartbeat rule H1. */
export const serverLimits: ServerLimits = {
  headersMs: 10_000,
  bodyMs: 30_000,
  writeStallMs: 30_000,
  idleMs: 75_000,
  closeMs: 2_000,
  connections: 20_000,
  streamsPerConnection: 1_000,
  messageBytes: 4 * 1024 * 1024,
};
