import type { Interceptor, Transport } from "@connectrpc/connect";
import { createConnectTransport, createGrpcTransport, createGrpcWebTransport } from "@connectrpc/connect-node";

/** Options of `createNodeTransport`. */
export interface NodeTransportOptions {
  /** Where the server is, such as `http://127.0.0.1:4010`. */
  readonly baseUrl: string;
  /** What is spoken; `grpc` needs HTTP/2. Default: `connect`. */
  readonly protocol?: "connect" | "grpc" | "grpc-web";
  /** Default: `2` for gRPC, else `1.1`. */
  readonly httpVersion?: "1.1" | "2";
  /** How messages are written. Default: `json` for Connect, `binary` for gRPC and gRPC-Web. */
  readonly format?: "json" | "binary";
  /** Largest message that is read, in bytes after decompression. Default: `READ_MAX_BYTES`. */
  readonly readMaxBytes?: number;
  /** Run around every call, the first one outermost. */
  readonly interceptors?: readonly Interceptor[];
}

/** 4 MiB. Connect's own default of 4 GiB lets a small compressed answer fill the memory. */
export const READ_MAX_BYTES = 4 * 1024 * 1024;

/**
 * A transport over Node's own HTTP client, which can also speak HTTP/2 and gRPC. Errors are `ConnectError`s.
 * @throws {TypeError} when gRPC is asked for over HTTP/1.1, which cannot carry it.
 */
export function createNodeTransport(options: NodeTransportOptions): Transport {
  const { baseUrl, protocol = "connect", readMaxBytes = READ_MAX_BYTES, interceptors = [] } = options;
  const httpVersion = options.httpVersion ?? (protocol === "grpc" ? "2" : "1.1");
  const format = options.format ?? (protocol === "connect" ? "json" : "binary");
  const common = { baseUrl, useBinaryFormat: format === "binary", readMaxBytes, interceptors: [...interceptors] };
  switch (protocol) {
    case "connect":
      return createConnectTransport({ ...common, httpVersion });
    case "grpc-web":
      return createGrpcWebTransport({ ...common, httpVersion });
    case "grpc":
      if (httpVersion !== "2") throw new TypeError("createNodeTransport: gRPC needs httpVersion '2'");
      return createGrpcTransport(common);
  }
}
