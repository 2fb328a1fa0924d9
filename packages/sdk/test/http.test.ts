import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { create, toBinary } from "@bufbuild/protobuf";
import type { Transport } from "@connectrpc/connect";
import { encodeEnvelope } from "@connectrpc/connect/protocol";
import { afterEach, describe, expect, it } from "vitest";
import { createNodeTransport } from "../src/http-node.ts";
import { createHttpTransport, createNimClient, type NimClient } from "../src/index.ts";
import { SubscribeResponseSchema } from "../src/protocol.ts";
import { numbered, opened, relations } from "./fakes/fake-backend.ts";
import { nimErrorOf } from "./fakes/harness.ts";

const page = (status: number, type = "text/html", body = "<html>Bad Gateway</html>") =>
  (async () => new Response(body, { status, headers: { "content-type": type } })) satisfies typeof fetch;

describe("answers that are none", () => {
  const send = (fetch: typeof globalThis.fetch) => {
    let calls = 0;
    const nim = createNimClient({
      baseUrl: "http://proxy.test",
      random: () => 0,
      fetch: (...args) => {
        calls += 1;
        return fetch(...args);
      },
    });
    return nimErrorOf(nim.message.sendText({ sessionId: "bob", content: "hi" })).then((error) => ({ error, calls }));
  };

  it.each([
    ["a proxy's 502 page", page(502)],
    ["a proxy's 503 page", page(503)],
    ["a proxy's 504 page", page(504)],
    ["a page in the place of the answer", page(200)],
    ["broken JSON", page(200, "application/json", '{"message":')],
    ["broken JSON of a proxy's error", page(502, "application/json", "<html>")],
    [
      "no connection",
      async () => {
        throw new TypeError("fetch failed");
      },
    ],
  ])("count as no connection and are tried again: %s", async (_name, fetch) => {
    const { error, calls } = await send(fetch);
    expect([error.code, error.method, calls]).toEqual([415, "message.sendText", 4]);
  });

  it("do not hide the server's own word", async () => {
    const body = JSON.stringify({
      code: "permission_denied",
      details: [{ type: "nim.v1.ErrorDetail", value: Buffer.from([0x08, 0xbd, 0x37]).toString("base64") }],
    });
    const { error, calls } = await send(page(403, "application/json", body));
    expect([error.code, error.textZh !== "", calls]).toEqual([7101, true, 1]);
  });

  it("keep the caller's own abort apart", async () => {
    const nim = createNimClient({
      baseUrl: "http://slow.test",
      fetch: (_input, init) =>
        new Promise((_resolve, reject) => {
          const { signal } = init ?? {};
          if (signal?.aborted) reject(signal.reason);
          signal?.addEventListener("abort", () => reject(signal.reason));
        }),
    });
    const request = { sessionId: "bob", content: "hi" };
    const cancelled = await nimErrorOf(nim.message.sendText(request, { signal: AbortSignal.abort() }));
    const late = await nimErrorOf(nim.message.sendText(request, { timeoutMs: 1 }));
    expect([cancelled.code, late.code]).toEqual([19, 408]);
  });
});

describe("the Node transport", () => {
  it("refuses gRPC over HTTP/1.1", () => {
    expect(() => createNodeTransport({ baseUrl: "http://x", protocol: "grpc", httpVersion: "1.1" })).toThrow(TypeError);
  });
});

const frameBytes = (...frames: ReturnType<typeof opened>[]): Uint8Array =>
  Buffer.concat(
    frames.map((frame) =>
      encodeEnvelope(0, toBinary(SubscribeResponseSchema, create(SubscribeResponseSchema, { frame }))),
    ),
  );

/** Two streams: the first cut after `bytes`, the second whole and left open. */
const FIRST = frameBytes(opened("e", 0), relations(), numbered(1), numbered(2));

describe.each<[string, (baseUrl: string) => Transport]>([
  ["fetch", (baseUrl) => createHttpTransport({ baseUrl, format: "binary" })],
  ["node", (baseUrl) => createNodeTransport({ baseUrl, format: "binary" })],
])("a stream that is cut, over %s", (_name, transportTo) => {
  let server: Server | undefined;
  let nim: NimClient | undefined;

  afterEach(() => {
    nim?.close();
    server?.closeAllConnections();
    server?.close();
  });

  async function receive(cutAt: number, how: "end" | "destroy"): Promise<string[]> {
    const asked: number[] = [];
    const handler: RequestListener = (request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        if (request.url?.endsWith("/Login")) {
          response.writeHead(200, { "content-type": "application/proto" });
          response.end(Buffer.from([0x0a, 0x01, 0x61, 0x12, 0x01, 0x74]));
          return;
        }
        response.writeHead(200, { "content-type": "application/connect+proto" });
        asked.push(Buffer.concat(chunks).length);
        if (asked.length > 1) {
          // The rest of what the first stream did not deliver, and one more, whatever the cursor was.
          response.write(frameBytes(opened("e", 0), relations(), numbered(1), numbered(2), numbered(3)));
          return;
        }
        if (how === "end") response.end(FIRST.subarray(0, cutAt));
        else response.write(FIRST.subarray(0, cutAt), () => response.destroy());
      });
    };
    server = createServer(handler);
    const listening = server;
    await new Promise<void>((resolve) => listening.listen(0, "127.0.0.1", resolve));
    const { port } = listening.address() as AddressInfo;
    const client = createNimClient({
      transport: transportTo(`http://127.0.0.1:${port}`),
      backoff: { baseMs: 1, maxMs: 1 },
    });
    nim = client;
    const events = client.events();
    const received: string[] = [];
    await client.auth.login({ userId: "a", password: "pw" });
    for await (const event of events) {
      if (event.name !== "teamRemoved") continue;
      received.push(event.value.team?.teamId ?? "");
      if (received.at(-1) === "3") break;
    }
    return received;
  }

  // Every way to cut: before the first byte, inside an envelope's header, inside a payload, between envelopes.
  const cuts = Array.from({ length: FIRST.length + 1 }, (_, i) => i).filter((i) => i % 3 === 0 || i === FIRST.length);

  it.each(["end", "destroy"] as const)("loses nothing at any byte (%s)", async (how) => {
    for (const cut of cuts) {
      expect(await receive(cut, how), `cut at byte ${cut}`).toEqual(["1", "2", "3"]);
      nim?.close();
      server?.closeAllConnections();
      server?.close();
    }
  });
});
