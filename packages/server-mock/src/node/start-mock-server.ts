import { compressionBrotli, compressionGzip } from "@connectrpc/connect-node";
import { createMockBackend, type MockBackend, type MockBackendOptions, RuleError } from "../index.ts";
import { createRpcTable } from "../services/answer-rpc.ts";
import { warmUpValidation } from "../services/validate.ts";
import { createHostPolicy, isLoopbackHost } from "./host-policy.ts";
import { startDualServer } from "./http-server.ts";
import { type ServerLimits, serverLimits } from "./limits.ts";
import { createRequestListener } from "./request-listener.ts";
import { MockServerError } from "./server-error.ts";
import { createStaticSite } from "./static-site.ts";

/** Port of a server that is given none. */
export const DEFAULT_PORT = 4010;
/** Address of a server that is given none: this machine alone can reach it. */
export const DEFAULT_HOST = "127.0.0.1";

/** Options of `startMockServer`, beside those of the backend. */
export interface MockServerOptions extends MockBackendOptions {
  /** Port to listen on; 0 picks a free one. Default: 4010. */
  readonly port?: number;
  /** Address to listen on. One that other machines can reach needs `allowedHosts`. Default: `127.0.0.1`. */
  readonly host?: string;
  /**
   * Names by which the server may be called and from whose pages, beside loopback names and IP addresses;
   * `.example.test` stands for every name below it. Default: none.
   */
  readonly allowedHosts?: readonly string[];
  /** A backend to serve in the place of a new one. Its options are then ignored; `close()` closes it too. */
  readonly backend?: MockBackend;
  /** Folder of a static site, served at `/`. It may be built later: until then `/` answers 503. */
  readonly siteDir?: string;
  /** Bounds that differ from the defaults. */
  readonly limits?: Partial<ServerLimits>;
  /** Hears of failures of the server itself. Default: `console.error`. */
  readonly onError?: (error: unknown) => void;
}

/** A server that listens. */
export interface MockServer {
  /** Where it is, such as `http://127.0.0.1:4010`. */
  readonly url: string;
  /** What it serves; `backend.control` steers it. */
  readonly backend: MockBackend;
  /** Ends event streams with SERVER_CLOSING, lets running calls finish for 2 s, then closes every connection. */
  close(): Promise<void>;
}

function createServedBackend(options: MockServerOptions): MockBackend {
  if (options.backend !== undefined) return options.backend;
  try {
    return createMockBackend(options);
  } catch (error) {
    if (error instanceof RuleError) {
      const place = error.field === undefined ? "" : ` at ${error.field}`;
      throw new MockServerError("bad-option", `the seed is not valid${place}: a name in it is wrong or missing`, error);
    }
    if (options.seed === undefined) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new MockServerError("bad-option", `the seed is not valid: ${reason}`, error);
  }
}

function checkBind(host: string, allowedHosts: readonly string[]): void {
  if (isLoopbackHost(host.toLowerCase()) || allowedHosts.length > 0) return;
  throw new MockServerError(
    "wide-bind",
    `listening on ${host === "" ? "all addresses" : host} lets other machines in; name the hosts they will use with --allow-host NAME (allowedHosts), or listen on ${DEFAULT_HOST}`,
  );
}

/** The address that people open: a server on all addresses is on this one too. */
function urlOf(host: string, port: number): string {
  if (host === "" || host === "0.0.0.0" || host === "::") return `http://${DEFAULT_HOST}:${port}`;
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
}

/**
 * Starts a mock server: Connect, gRPC and gRPC-Web over HTTP/1.1 and cleartext HTTP/2 on one port, attachments under
 * `/attachments/`, `/healthz`, and a static site if there is one. Calls under a foreign name or from a foreign page get 403, on every path.
 * @throws {MockServerError} when it cannot start; the message names the reason and the fix.
 */
export async function startMockServer(options: MockServerOptions = {}): Promise<MockServer> {
  const { host = DEFAULT_HOST, port = DEFAULT_PORT, allowedHosts = [] } = options;
  const limits = { ...serverLimits, ...options.limits };
  checkBind(host, allowedHosts);
  const policy = createHostPolicy(allowedHosts);
  const backend = createServedBackend(options);
  const router = backend.router({
    acceptCompression: [compressionGzip, compressionBrotli],
    readMaxBytes: limits.messageBytes,
  });
  const listener = createRequestListener({
    table: createRpcTable(router),
    policy,
    limits,
    attachments: backend.attachments,
    site: options.siteDir === undefined ? undefined : createStaticSite(options.siteDir),
    onError: options.onError ?? ((error) => console.error("nimkit-mock:", error)),
  });
  warmUpValidation();
  const server = await startDualServer({ host, port, limits, listener }).catch(async (error: unknown) => {
    await backend.close();
    throw error;
  });

  async function close(): Promise<void> {
    await backend.close();
    await server.close();
  }
  let closed: Promise<void> | undefined;
  return { url: urlOf(host, server.port), backend, close: () => (closed ??= close()) };
}
