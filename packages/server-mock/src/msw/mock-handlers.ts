import { universalServerRequestFromFetch, universalServerResponseToFetch } from "@connectrpc/connect/protocol";
import { type HttpHandler, http } from "msw/http";
import { FILE_PATH } from "../attachments/file-url.ts";
import { serveFile } from "../attachments/serve-file.ts";
import type { RpcOverrides } from "../gen/overrides.ts";
import type { MockBackend } from "../index.ts";
import { answerRpc, createRpcTable } from "../services/answer-rpc.ts";
import { fileAccessKey } from "../services/file-addresses.ts";
import { createOverrideTable } from "./override.ts";

/** Options of `mockHandlers`. */
export interface MockHandlersOptions {
  /**
   * Where the app thinks the server is: an address such as `https://im.example.com/api`, or a path such as `/api`.
   * Default: any address, with any path before `/nim.v1.…`.
   */
  readonly baseUrl?: string;
  /**
   * How the addresses of attachments are opened. `served`: below the server's address, through MSW like any call.
   * `object`: by object URLs of this page, for pages without MSW's worker, where only `fetch` is mocked and pictures and
   * players would ask the real network. Default: `served`.
   */
  readonly fileUrls?: "served" | "object";
}

/** Handlers for MSW: an array to spread into `setupWorker`, with the overrides of single rpcs beside it. */
export type MockHandlers = readonly HttpHandler[] & {
  /**
   * Answers one rpc in the backend's place: `handlers.override.message.sendText(() => { throw … }, { once: true })`.
   * The newest override of an rpc wins. Each call gives a function that takes the override away.
   */
  readonly override: RpcOverrides;
  /** Takes all overrides away. */
  resetOverrides(): void;
};

/** The end of a path that belongs to this schema, whether it has such an rpc or not. */
const RPC = /\/nim(?:\.\w+)+\/\w+$/;

/** Tells which requests are meant for the mock: those whose path ends as `tail` says. */
function createMatcher(baseUrl: string | undefined, tail: RegExp): (url: URL) => string | undefined {
  const tailOf = (path: string): string | undefined => tail.exec(path)?.[0];
  if (baseUrl === undefined) return (url) => tailOf(url.pathname);
  const isPath = baseUrl.startsWith("/");
  if (!isPath && !/^https?:\/\//.test(baseUrl)) {
    throw new TypeError(`mockHandlers: baseUrl "${baseUrl}" must begin with http://, https:// or /`);
  }
  const base = new URL(baseUrl, "http://path-only.invalid");
  const prefix = base.pathname.replace(/\/+$/, "");
  return (url) => {
    if (!isPath && url.origin !== base.origin) return undefined;
    const found = tailOf(url.pathname);
    return found !== undefined && url.pathname === prefix + found ? found : undefined;
  };
}

/**
 * The response whose body, when the page cancels it, aborts the handler at once. Without this it would hear of it
 * only when it next yields, which an idle stream may not do for minutes.
 */
function abortable(response: Response, abort: (reason: unknown) => void): Response {
  const reader = response.body?.getReader();
  if (reader === undefined) return response;
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await reader.read();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel(reason) {
      abort(reason);
      await reader.cancel(reason);
    },
  });
  return new Response(body, { status: response.status, headers: response.headers });
}

/**
 * Makes the MSW handlers of a backend: Connect and gRPC-Web, JSON and binary, unary calls and streams, and the files of
 * attachments. There is one handler with a look-up, because MSW asks its handlers one after the other. The checks of a call and their order are
 * those of the server. In browsers start MSW with the worker of `@nimkit/server-mock/vite`.
 * @throws {TypeError} when `baseUrl` is no address and no path.
 */
export function mockHandlers(backend: MockBackend, options: MockHandlersOptions = {}): MockHandlers {
  const overrides = createOverrideTable();
  const router = backend.router({
    grpc: false,
    interceptors: [overrides.interceptor],
    requestGate: async (context) => {
      overrides.prepare(context);
      context.values.set(fileAccessKey, options.fileUrls === "object" ? "object" : "served");
      // An override takes the whole call, so nothing may refuse it first.
      if (!overrides.has(`/${context.service.typeName}/${context.method.name}`)) await backend.requestGate(context);
    },
  });
  const table = createRpcTable(router);
  const match = createMatcher(options.baseUrl, RPC);
  const matchFile = createMatcher(options.baseUrl, FILE_PATH);

  const files = http.all(
    ({ request }) => matchFile(new URL(request.url)) !== undefined,
    async ({ request: { method, url, headers: header } }) => {
      const path = matchFile(new URL(url)) ?? "/";
      return universalServerResponseToFetch(await serveFile(backend.attachments, { method, path, header }));
    },
  );

  const handler = http.all(
    ({ request }) => match(new URL(request.url)) !== undefined,
    async ({ request }) => {
      const abort = new AbortController();
      const answer = await answerRpc(table, match(new URL(request.url)) ?? "/", {
        ...universalServerRequestFromFetch(request, {}),
        signal: AbortSignal.any([request.signal, abort.signal]),
      });
      return abortable(universalServerResponseToFetch(answer), (reason) => abort.abort(reason));
    },
  );
  return Object.assign([handler, files], { override: overrides.override, resetOverrides: overrides.resetOverrides });
}
