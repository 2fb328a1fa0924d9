import type { Transport } from "@connectrpc/connect";

const readers = new WeakSet<Transport>();

/** Notes that what is behind a transport reads `filePath` by itself, as the phone's native module does. */
export function markReadsPaths(transport: Transport): Transport {
  readers.add(transport);
  return transport;
}

/** Whether what is behind the transport reads `filePath` by itself, so that the client must not. */
export function readsPaths(transport: Transport): boolean {
  return readers.has(transport);
}
