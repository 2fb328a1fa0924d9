import type { IncomingMessage, ServerResponse } from "node:http";
import type { Http2ServerRequest, Http2ServerResponse } from "node:http2";
import { constants } from "node:http2";
import type { ServerLimits } from "./limits.ts";

/** A request of either protocol. */
export type NodeRequest = IncomingMessage | Http2ServerRequest;
/** A response of either protocol. */
export type NodeResponse = ServerResponse | Http2ServerResponse;

/** Cuts one exchange: the stream of an HTTP/2 connection, the whole connection in HTTP/1.1. */
function cut(response: NodeResponse): void {
  if ("stream" in response) response.stream?.close(constants.NGHTTP2_CANCEL);
  else response.destroy();
}

/** Starts at the first byte that does not drain and ends the exchange when nothing drained in time. */
function watchWrites(response: NodeResponse, ms: number): void {
  let timer: NodeJS.Timeout | undefined;
  const stop = (): void => {
    clearTimeout(timer);
    timer = undefined;
  };
  const start = (): void => {
    timer ??= setTimeout(() => cut(response), ms);
  };
  const write = response.write.bind(response) as (...args: unknown[]) => boolean;
  const end = response.end.bind(response) as (...args: unknown[]) => NodeResponse;
  Object.assign(response, {
    write(...args: unknown[]) {
      const flushed = write(...args);
      if (!flushed) start();
      return flushed;
    },
    end(...args: unknown[]) {
      start();
      return end(...args);
    },
  });
  response.on("drain", stop);
  response.once("finish", stop);
  response.once("close", stop);
}

/**
 * Bounds one exchange. connect-node waits for `drain` or `error` but not for `close`: a client that leaves while the
 * writer is blocked would keep the handler for ever, so `close` is passed on as `drain`. Over HTTP/2 a body that
 * has not ended in time closes the stream, answered or not; Node's HTTP/1.1 server does that by itself. It is not
 * closed when the answer is out: clients that still write would lose the answer.
 */
export function guardResponse(request: NodeRequest, response: NodeResponse, limits: ServerLimits): void {
  watchWrites(response, limits.writeStallMs);
  response.once("close", () => response.emit("drain"));
  if (!("stream" in request)) return;

  const { stream } = request;
  const timer = setTimeout(() => stream.close(constants.NGHTTP2_CANCEL), limits.bodyMs);
  const stop = (): void => clearTimeout(timer);
  request.once("end", stop);
  stream.once("close", stop);
}
