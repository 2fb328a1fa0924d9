import { Code, ConnectError } from "@connectrpc/connect";
import type { UniversalServerResponse } from "@connectrpc/connect/protocol";
import { codeToString } from "@connectrpc/connect/protocol-connect";
import { universalRequestFromNodeRequest, universalResponseToNodeResponse } from "@connectrpc/connect-node";
import type { Attachments } from "../attachments/attachments.ts";
import { serveFile } from "../attachments/serve-file.ts";
import { answerRpc, type RpcTable } from "../services/answer-rpc.ts";
import { applyCors, checkRequest } from "./check-request.ts";
import { guardResponse, type NodeRequest, type NodeResponse } from "./guard-response.ts";
import type { HostPolicy } from "./host-policy.ts";
import type { ServerLimits } from "./limits.ts";
import { sendError, sendText } from "./send.ts";
import type { StaticSite } from "./static-site.ts";

/** `/package.Service/Method`, whether this server has it or not. */
const RPC_PATH = /^\/[A-Za-z_][\w.]*\.\w+\/\w+$/;

/** What paths of attachments begin with. */
const FILES = "/attachments/";

/** What a listener serves. */
export interface ListenerOptions {
  readonly table: RpcTable;
  readonly policy: HostPolicy;
  readonly limits: ServerLimits;
  readonly site: StaticSite | undefined;
  readonly attachments: Pick<Attachments, "find">;
  /** Hears of failures that are no client's fault. */
  readonly onError: (error: unknown) => void;
}

/** Writing to a client that left fails in many ways, and none is news (Node names one of them ECANCELED). */
function isClientGone(response: NodeResponse, reason: unknown): boolean {
  return response.destroyed || response.writableEnded || ConnectError.from(reason).code === Code.Aborted;
}

function answerFile({ attachments }: ListenerOptions, path: string, { method = "", headers }: NodeRequest) {
  const header = new Headers();
  for (const name of ["range", "if-range", "if-none-match"]) {
    const value = headers[name];
    if (typeof value === "string") header.set(name, value);
  }
  return serveFile(attachments, { method, path, header });
}

function respondToRpc(options: ListenerOptions, path: string, request: NodeRequest, response: NodeResponse): void {
  const universal = universalRequestFromNodeRequest(request, response, undefined, undefined);
  respond(options, () => answerRpc(options.table, path, universal), response);
}

function respond(
  options: ListenerOptions,
  answer: () => Promise<UniversalServerResponse>,
  response: NodeResponse,
): void {
  answer()
    .then((made) => universalResponseToNodeResponse(made, response))
    .catch((reason: unknown) => {
      if (isClientGone(response, reason)) return;
      options.onError(reason);
      if (response.headersSent) response.destroy();
      else sendError(response, 500, codeToString(Code.Internal), "internal error");
    });
}

/** One listener for both protocols: checks, then health, attachments, rpcs and the site. */
export function createRequestListener(
  options: ListenerOptions,
): (request: NodeRequest, response: NodeResponse) => void {
  const { policy, limits, site } = options;
  return (request, response) => {
    guardResponse(request, response, limits);
    response.setHeader("X-Content-Type-Options", "nosniff");
    const rejection = checkRequest(request, policy);
    if (rejection !== undefined) {
      sendError(response, rejection.status, codeToString(Code.PermissionDenied), rejection.message);
      return;
    }
    if (applyCors(request, response)) return;
    const path = request.url?.split("?", 1)[0] ?? "/";
    const isRead = request.method === "GET" || request.method === "HEAD";
    if (path === "/healthz" && isRead) sendText(response, 200, "ok\n");
    else if (path.startsWith(FILES)) respond(options, () => answerFile(options, path, request), response);
    else if (options.table.byPath.has(path) || (!isRead && RPC_PATH.test(path)))
      respondToRpc(options, path, request, response);
    else if (!isRead)
      sendError(response, 404, codeToString(Code.Unimplemented), `nothing takes ${request.method ?? ""} ${path}`);
    else if (site !== undefined) site(request, response);
    else if (path === "/")
      sendText(
        response,
        200,
        "nimkit-mock is running. Calls go to /nim.v1.<Service>/<Method>, health is at /healthz.\n",
      );
    else sendText(response, 404, "There is no such page.\n");
  };
}
