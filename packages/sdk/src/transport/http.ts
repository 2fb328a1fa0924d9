import type { Interceptor, Transport } from "@connectrpc/connect";
import { createConnectTransport, createGrpcWebTransport } from "@connectrpc/connect-web";

/** Options of `createHttpTransport`. */
export interface HttpTransportOptions {
  /** Where the server is, such as `http://127.0.0.1:4010`. */
  readonly baseUrl: string;
  /** What is spoken. Default: `connect`. */
  readonly protocol?: "connect" | "grpc-web";
  /** How messages are written: JSON reads well in the network panel, binary is smaller. Default: `json`. */
  readonly format?: "json" | "binary";
  /** A replacement of the global `fetch`. */
  readonly fetch?: typeof globalThis.fetch;
  /** Run around every call, the first one outermost. */
  readonly interceptors?: readonly Interceptor[];
}

/** A transport over `fetch`, for browsers and Node. Errors are `ConnectError`s. */
export function createHttpTransport(options: HttpTransportOptions): Transport {
  const { baseUrl, protocol = "connect", format = "json", fetch, interceptors = [] } = options;
  const create = protocol === "connect" ? createConnectTransport : createGrpcWebTransport;
  return create({
    baseUrl,
    useBinaryFormat: format === "binary",
    interceptors: [...interceptors],
    ...(fetch === undefined ? {} : { fetch }),
  });
}
