import { Code, type ConnectError } from "@connectrpc/connect";
import { type ErrorDetail, ErrorDetailSchema } from "../gen/nim/v1/error_pb.ts";

/** The server's own word on what went wrong, if it said one. */
export function errorDetailOf(error: ConnectError): ErrorDetail | undefined {
  return error.findDetails(ErrorDetailSchema)[0];
}

/** Codes of Node's sockets, HTTP parser and fetch that say the connection broke. */
const SOCKET_CODE = /^(E[A-Z]+|ERR_(STREAM|HTTP2|SSL)_\w+|UND_ERR_\w+|HPE_\w+)$/;

/** What Connect says when the bytes were not an answer of its protocol, or stopped before the end. */
const NOT_AN_ANSWER = /^unsupported content type |missing EndStreamResponse|^missing response body/;

function causes(error: unknown): Error[] {
  const chain: Error[] = [];
  for (let next = error; next instanceof Error && !chain.includes(next); next = next.cause) chain.push(next);
  return chain;
}

/**
 * True when no answer of the server arrived: refused, cut, a proxy's page in its place. Connect has no single code
 * for this: a failed `fetch` is `unknown`, a reset socket `aborted`, a stream that stops early `invalid_argument`.
 */
export function isConnectionLoss(error: ConnectError): boolean {
  if (error.code === Code.Unavailable) return true;
  if (error.code === Code.Canceled || error.code === Code.DeadlineExceeded) return false;
  if (errorDetailOf(error) !== undefined) return false;
  if (NOT_AN_ANSWER.test(error.rawMessage)) return true;
  const chain = causes(error.cause);
  // fetch rejects with a TypeError, and a page that is no JSON makes a SyntaxError.
  if (error.code === Code.Unknown) {
    if (chain.some((cause) => cause instanceof TypeError || cause instanceof SyntaxError)) return true;
  }
  // A handler in this process may fail by a socket of its own; that is masked as "internal error".
  if (error.code === Code.Internal && error.rawMessage === "internal error") return false;
  return chain.some((cause) => "code" in cause && typeof cause.code === "string" && SOCKET_CODE.test(cause.code));
}
