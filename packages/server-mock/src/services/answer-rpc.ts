import { Code, type ConnectRouter } from "@connectrpc/connect";
import type { UniversalHandler, UniversalServerRequest, UniversalServerResponse } from "@connectrpc/connect/protocol";
import { codeToString } from "@connectrpc/connect/protocol-connect";

/** The rpcs that a router serves, by path. One look-up, whatever their number. */
export interface RpcTable {
  /** The handler of a path such as `/nim.v1.MessageService/SendText`. */
  readonly byPath: ReadonlyMap<string, UniversalHandler>;
}

const GRPC = /^application\/grpc(?!-web)/i;
const GRPC_WEB = /^application\/grpc-web/i;
/** gRPC's number for `unimplemented`. */
const GRPC_UNIMPLEMENTED = String(Code.Unimplemented);

/** Builds the table of a router. */
export function createRpcTable(router: ConnectRouter): RpcTable {
  return { byPath: new Map(router.handlers.map((handler) => [handler.requestPath, handler])) };
}

async function* bytesOf(text: string): AsyncIterable<Uint8Array> {
  yield new TextEncoder().encode(text);
}

/** A Connect error as a response. The message should name the reason and the fix. */
export function errorResponse(
  status: number,
  code: Code,
  message: string,
  headers: HeadersInit = {},
): UniversalServerResponse {
  const header = new Headers(headers);
  header.set("Content-Type", "application/json");
  return { status, header, body: bytesOf(JSON.stringify({ code: codeToString(code), message })) };
}

/** What a call of an rpc gets that this server does not have, in the shape that its protocol reads. */
function unknownRpc(path: string, contentType: string): UniversalServerResponse {
  const message = `${path.slice(1).replace("/", ".")} is not an rpc of this server`;
  if (GRPC.test(contentType) || GRPC_WEB.test(contentType)) {
    return {
      status: 200,
      header: new Headers({
        "Content-Type": contentType,
        "Grpc-Status": GRPC_UNIMPLEMENTED,
        "Grpc-Message": encodeURIComponent(message),
      }),
    };
  }
  return errorResponse(404, Code.Unimplemented, message);
}

/** Connect's handlers refuse a method or a content type with an empty body; people with curl need the reason. */
function explained(
  response: UniversalServerResponse,
  request: UniversalServerRequest,
  handler: UniversalHandler,
): UniversalServerResponse {
  if (response.body !== undefined) return response;
  if (response.status === 405) {
    const methods = handler.allowedMethods.join(" or ");
    return errorResponse(
      405,
      Code.Unknown,
      `${handler.requestPath} takes ${methods}, not ${request.method}`,
      response.header,
    );
  }
  if (response.status === 415) {
    const given = request.header.get("Content-Type") ?? "none";
    const message = `${handler.requestPath} does not take the content type "${given}"; send application/json or application/proto`;
    return errorResponse(415, Code.Unknown, message, response.header);
  }
  return response;
}

/** Answers one request for an rpc path. Never rejects because of what the client sent. */
export async function answerRpc(
  table: RpcTable,
  path: string,
  request: UniversalServerRequest,
): Promise<UniversalServerResponse> {
  const handler = table.byPath.get(path);
  if (handler === undefined) return unknownRpc(path, request.header.get("Content-Type") ?? "");
  return explained(await handler(request), request, handler);
}
