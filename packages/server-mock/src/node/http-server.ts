import { createServer as createHttp1Server } from "node:http";
import { createServer as createHttp2Server, type ServerHttp2Session } from "node:http2";
import type { NodeRequest, NodeResponse } from "./guard-response.ts";
import type { ServerLimits } from "./limits.ts";
import { listen } from "./listen.ts";
import { createSharedPort } from "./shared-port.ts";

/** A cleartext server for HTTP/1.1 and HTTP/2 on one port. */
export interface DualServer {
  /** The port that was bound. */
  readonly port: number;
  /** Takes no more connections, waits a while for running exchanges, then destroys what is left. */
  close(): Promise<void>;
}

/** What a dual server needs. */
export interface DualServerOptions {
  readonly host: string;
  readonly port: number;
  readonly limits: ServerLimits;
  readonly listener: (request: NodeRequest, response: NodeResponse) => void;
}

/** How often Node looks for late requests: late by at most half of the shorter bound. */
function checkingInterval({ headersMs, bodyMs }: ServerLimits): number {
  return Math.max(1, Math.floor(Math.min(headersMs, bodyMs) / 2));
}

/**
 * Starts a dual server.
 * @throws {MockServerError} when it cannot listen.
 */
export async function startDualServer(options: DualServerOptions): Promise<DualServer> {
  const { limits } = options;
  let closing = false;
  const listener = (request: NodeRequest, response: NodeResponse): void => {
    // A connection that becomes idle while the server closes would wait for its keep-alive time.
    response.once("finish", () => {
      if (closing) setImmediate(() => http1.closeIdleConnections());
    });
    options.listener(request, response);
  };
  const http1 = createHttp1Server(
    {
      headersTimeout: limits.headersMs,
      requestTimeout: Math.max(limits.bodyMs, limits.headersMs),
      connectionsCheckingInterval: checkingInterval(limits),
    },
    listener,
  );
  const http2 = createHttp2Server({ settings: { maxConcurrentStreams: limits.streamsPerConnection } }, listener);
  const sessions = new Set<ServerHttp2Session>();
  http2.on("session", (session) => {
    sessions.add(session);
    session.once("close", () => sessions.delete(session));
    session.setTimeout(limits.idleMs, () => session.destroy());
  });
  // Broken frames and resets are the client's affair; the session is closed already.
  http2.on("sessionError", () => {});

  const { server, sockets, closeUndecided } = createSharedPort({
    http1,
    http2,
    sniffMs: limits.headersMs,
    connections: limits.connections,
  });
  const { port } = await listen(server, options.host, options.port);

  async function close(): Promise<void> {
    closing = true;
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    // Ends Node's timeout checks; it never listened, so there is nothing else to close.
    http1.close(() => {});
    closeUndecided();
    for (const session of sessions) session.close();
    const timer = setTimeout(() => {
      for (const socket of sockets) socket.destroy();
    }, limits.closeMs);
    await closed;
    clearTimeout(timer);
  }

  return { port, close };
}
