import type { Server as HttpServer } from "node:http";
import type { Http2Server } from "node:http2";
import { createServer, type Server, type Socket } from "node:net";

/** What an HTTP/2 client with prior knowledge sends first (RFC 9113, 3.4); HTTP/1.1 has no method PRI. */
const PREFACE = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "latin1");

/** Options of `createSharedPort`. */
export interface SharedPortOptions {
  readonly http1: HttpServer;
  readonly http2: Http2Server;
  /** Time for the first bytes, in ms. */
  readonly sniffMs: number;
  /** Open connections; more are refused. */
  readonly connections: number;
}

/** One listening socket for cleartext HTTP/1.1 and HTTP/2. */
export interface SharedPort {
  readonly server: Server;
  /** Connections that are open, of either protocol. */
  readonly sockets: ReadonlySet<Socket>;
  /** Destroys the connections that have not sent enough to tell their protocol. */
  closeUndecided(): void;
}

/** Reads the first bytes of a connection, puts them back and hands the socket to the server that speaks it. */
export function createSharedPort(options: SharedPortOptions): SharedPort {
  const { http1, http2, sniffMs, connections } = options;
  const sockets = new Set<Socket>();
  const undecided = new Set<Socket>();
  // Half-open sockets are for the HTTP/1.1 server to judge: a client may end its side and wait for the answer.
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    sockets.add(socket);
    undecided.add(socket);
    socket.once("close", () => {
      sockets.delete(socket);
      undecided.delete(socket);
    });
    sniff(socket, sniffMs, (isHttp2) => {
      undecided.delete(socket);
      if (isHttp2) socket.allowHalfOpen = false;
      (isHttp2 ? http2 : http1).emit("connection", socket);
    });
  });
  server.maxConnections = connections;
  // An HTTP server that listens to nothing does not run its timeout checks until it hears this.
  server.once("listening", () => http1.emit("listening"));
  const closeUndecided = (): void => {
    for (const socket of undecided) socket.destroy();
  };
  return { server, sockets, closeUndecided };
}

function sniff(socket: Socket, ms: number, decide: (isHttp2: boolean) => void): void {
  let head: Buffer = Buffer.alloc(0);
  const timer = setTimeout(() => socket.destroy(), ms);

  const release = (): void => {
    clearTimeout(timer);
    socket.off("readable", onReadable);
    socket.off("end", onGone);
    socket.off("close", onGone);
    socket.off("error", onGone);
  };
  const onGone = (): void => {
    release();
    socket.destroy();
  };
  const onReadable = (): void => {
    const chunk: Buffer | null = socket.read();
    if (chunk === null) return;
    head = head.length === 0 ? chunk : Buffer.concat([head, chunk]);
    const length = Math.min(head.length, PREFACE.length);
    const isPreface = head.subarray(0, length).equals(PREFACE.subarray(0, length));
    if (isPreface && length < PREFACE.length) return;
    release();
    socket.unshift(head);
    decide(isPreface);
  };

  socket.on("readable", onReadable);
  socket.once("end", onGone);
  socket.once("close", onGone);
  socket.once("error", onGone);
}
