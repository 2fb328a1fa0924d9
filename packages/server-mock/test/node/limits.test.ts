// What a client that misbehaves meets. Every bound is small here, so nothing waits long.
import { connect as connectHttp2, constants } from "node:http2";
import { gzipSync } from "node:zlib";
import { createClient } from "@connectrpc/connect";
import { createNimClient, nimServices } from "@nimkit/sdk";
import { createNodeTransport } from "@nimkit/sdk/http/node";
import { type MockServer, startMockServer } from "@nimkit/server-mock/node";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { exchange, http2Request, openSocket } from "./wire.ts";

let server: MockServer;
const onError = vi.fn();
const limits = { headersMs: 60, bodyMs: 80, writeStallMs: 60, idleMs: 400, connections: 40 };

beforeEach(async () => {
  onError.mockClear();
  server = await startMockServer({ port: 0, limits, onError });
});
afterEach(async () => {
  expect(onError).not.toHaveBeenCalled();
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  await server.close();
});

const LOGIN = "/nim.v1.AuthService/Login";
const json = { "Content-Type": "application/json" };
const post = (body: BodyInit, headers: Record<string, string> = json) =>
  fetch(server.url + LOGIN, { method: "POST", headers, body });

/** The head of a request for the event stream over a bare socket, with a token. */
async function streamRequest(): Promise<string> {
  const auth = createClient(nimServices.auth, createNodeTransport({ baseUrl: server.url }));
  const { accessToken } = await auth.login({ userId: "1002", password: "1qaz2wsx" });
  const head = [
    "POST /nim.v1.EventService/Subscribe HTTP/1.1",
    "Host: localhost",
    "Content-Type: application/connect+json",
    `Authorization: Bearer ${accessToken}`,
    "Content-Length: 7",
    "",
    "\0\0\0\0\x02{}",
  ];
  return head.join("\r\n");
}

/** Sends texts to the one who reads the stream until nothing of it is read any more, or for `rounds`. */
async function flood(rounds: number): Promise<void> {
  const { control, execute } = server.backend;
  const actor = { account: "1001", deviceId: "flood", platform: "web" } as const;
  execute("auth.login", { userId: "1001", password: "1qaz2wsx", auto: false }, actor);
  for (let i = 0; i < rounds && control.openStreams() > 0; i += 1) {
    execute("message.sendText", { sessionId: "1002", sessionType: 0, content: "x".repeat(5000) }, actor);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const streams = () => server.backend.control.openStreams();
const noStreams = () => vi.waitFor(() => expect(streams()).toBe(0), { interval: 5, timeout: 3_000 });
const oneStream = () => vi.waitFor(() => expect(streams()).toBe(1), { interval: 5 });

describe("a body", () => {
  test.each(["{", "[]", "null", '"x"', '{"userId":1}', "\0", ""])(
    "that is no request, %j, is refused",
    async (body) => {
      const response = await post(body);
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ code: "invalid_argument" });
    },
  );

  test("of 5 MB is too large, over both protocols", async () => {
    const big = JSON.stringify({ userId: "x".repeat(5_000_000) });
    expect(await (await post(big)).json()).toMatchObject({ code: "resource_exhausted" });
    const nim = createNimClient({ transport: createNodeTransport({ baseUrl: server.url, httpVersion: "2" }) });
    await expect(nim.auth.login({ userId: "x".repeat(5_000_000), password: "x" })).rejects.toMatchObject({ code: 416 });
    await nim.close();
  });

  test("that would be 100 MB unpacked is too large", async () => {
    const bomb = gzipSync(Buffer.alloc(100_000_000, 0x20));
    const before = process.memoryUsage().rss;
    const response = await post(bomb, { ...json, "Content-Encoding": "gzip" });
    expect(await response.json()).toMatchObject({ code: "resource_exhausted" });
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024);
  });

  test("of a stream that says it is 4 GB long is too large", async () => {
    const head = (await streamRequest())
      .replace("Content-Length: 7", "Content-Length: 5")
      .replace("\0\0\0\0\x02{}", "\0\xff\xff\xff\xff");
    expect(await exchange(server.url, head.replace("Host:", "Connection: close\r\nHost:"))).toContain(
      "resource_exhausted",
    );
  });

  test("that never ends is cut, over HTTP/1.1", async () => {
    const bytes = `POST ${LOGIN} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{`;
    expect(await exchange(server.url, bytes)).not.toContain("200 OK");
  });

  test("that never ends is cut, over HTTP/2", async () => {
    const session = connectHttp2(server.url);
    const stream = session.request({ ":method": "POST", ":path": LOGIN, "content-type": "application/json" });
    stream.on("error", () => {});
    stream.write("{");
    await new Promise((resolve) => stream.once("close", resolve));
    expect(stream.rstCode).toBe(constants.NGHTTP2_CANCEL);
    expect(session.destroyed).toBe(false);
    session.destroy();
  });

  test("that goes on after it was refused gets its answer and is cut in time, over HTTP/2", async () => {
    const session = connectHttp2(server.url);
    const stream = session.request({ ":method": "POST", ":path": LOGIN, "content-type": "application/json" });
    stream.on("error", () => {});
    stream.write("x".repeat(5_000_000));
    let answer = "";
    stream.on("data", (chunk) => {
      answer += String(chunk);
    });
    await new Promise((resolve) => stream.once("close", resolve));
    expect(answer).toContain("resource_exhausted");
    expect(stream.rstCode).toBe(constants.NGHTTP2_CANCEL);
    expect(session.destroyed).toBe(false);
    session.destroy();
  });
});

describe("a connection", () => {
  test.each([
    ["says nothing", ""],
    ["stops in the first line", "GET /hea"],
    ["stops in the headers", "GET /healthz HTTP/1.1\r\nHost: loc"],
    ["stops in the preface of HTTP/2", "PRI * HTTP/2.0\r\n"],
    ["stops after it", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"],
  ])("that %s is cut in time", async (_, bytes) => {
    const started = performance.now();
    await exchange(server.url, bytes);
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  test("that speaks something else is cut", async () => {
    expect(await exchange(server.url, "\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03")).toMatch(/^(HTTP\/1\.1 400|$)/);
    expect(await exchange(server.url, "PRI * HTTP/1.1\r\n\r\n")).toMatch(/^(HTTP\/1\.1 4|$)/);
  });

  test("that smuggles with two lengths is refused", async () => {
    const bytes = `POST ${LOGIN} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`;
    expect(await exchange(server.url, bytes)).toMatch(/^HTTP\/1\.1 400/);
  });

  test("over their number is refused at once", async () => {
    const sockets = await Promise.all(Array.from({ length: limits.connections }, () => openSocket(server.url)));
    expect(await exchange(server.url, "GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")).toBe(
      "",
    );
    for (const socket of sockets) socket.destroy();
    await vi.waitFor(async () => expect((await fetch(`${server.url}/healthz`)).status).toBe(200));
  });

  test("of HTTP/2 has few streams at once", async () => {
    const session = connectHttp2(server.url);
    const settings = await new Promise<{ maxConcurrentStreams?: number }>((resolve) =>
      session.once("remoteSettings", resolve),
    );
    expect(settings.maxConcurrentStreams).toBe(1_000);
    session.destroy();
  });
});

describe("a reader of a stream", () => {
  test("that destroys its socket is forgotten", async () => {
    const socket = await openSocket(server.url);
    socket.write(await streamRequest(), "latin1");
    await oneStream();
    socket.destroy();
    await noStreams();
  });

  test("that resets its HTTP/2 stream or session is forgotten", async () => {
    const [, body = ""] = (await streamRequest()).split("\r\n\r\n");
    const authorization = /Authorization: (.*)\r\n/.exec(await streamRequest())?.[1] ?? "";
    const head = {
      ":method": "POST",
      ":path": "/nim.v1.EventService/Subscribe",
      "content-type": "application/connect+json",
      authorization,
    };
    for (const leave of ["stream", "session"]) {
      const session = connectHttp2(server.url);
      session.on("error", () => {});
      const stream = session.request(head);
      stream.on("error", () => {});
      stream.end(Buffer.from(body, "latin1"));
      await oneStream();
      if (leave === "stream") stream.close(constants.NGHTTP2_CANCEL);
      else session.destroy();
      await noStreams();
      session.destroy();
    }
  });

  test("that stops reading is cut when nothing drains, half-closed or not", async () => {
    for (const leave of ["stall", "half-close"]) {
      const socket = await openSocket(server.url);
      socket.pause();
      socket.write(await streamRequest(), "latin1");
      await oneStream();
      if (leave === "half-close") socket.end();
      await flood(4_000);
      await noStreams();
      socket.destroy();
    }
  });

  test("that is destroyed while the writer is blocked is forgotten at once", async () => {
    await server.close();
    server = await startMockServer({ port: 0, onError, limits: { ...limits, writeStallMs: 60_000 } });
    const socket = await openSocket(server.url);
    socket.pause();
    socket.write(await streamRequest(), "latin1");
    await oneStream();
    await flood(1_500);
    expect(streams()).toBe(1);
    socket.destroy();
    await noStreams();
  });
});

test("what no rpc and no page is at is said in Connect's shape", async () => {
  const unknown = await fetch(`${server.url}/nim.v1.AuthService/Nope`, { method: "POST", headers: json, body: "{}" });
  expect([unknown.status, await unknown.json()]).toEqual([404, expect.objectContaining({ code: "unimplemented" })]);
  const elsewhere = await fetch(`${server.url}/elsewhere`, { method: "POST", headers: json, body: "{}" });
  expect([elsewhere.status, await elsewhere.json()]).toEqual([404, expect.objectContaining({ code: "unimplemented" })]);
  expect((await fetch(`${server.url}/elsewhere`)).status).toBe(404);
  const grpc = {
    ":method": "POST",
    ":path": "/nim.v1.AuthService/Nope",
    "content-type": "application/grpc",
    te: "trailers",
  };
  expect((await http2Request(server.url, grpc, "\0\0\0\0\0")).headers["grpc-status"]).toBe("12");
});
