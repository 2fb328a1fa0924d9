// By which names, and from which pages, the server may be called. Reliability rules S1 and S2.
import { createMockBackend, type MockBackend } from "@nimkit/server-mock";
import { type MockServer, startMockServer } from "@nimkit/server-mock/node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createHostPolicy } from "../../src/node/host-policy.ts";
import { http2Request, statusOf } from "./wire.ts";

let server: MockServer;
let backend: MockBackend;
beforeAll(async () => {
  backend = createMockBackend();
  server = await startMockServer({ backend, port: 0, allowedHosts: ["mock.test", ".lan.test"] });
});
afterAll(() => server.close());

const GOOD = [
  "localhost",
  "LOCALHOST:4010",
  "app.localhost",
  "127.0.0.1:4010",
  "127.9.9.9",
  "[::1]:4010",
  "[::ffff:127.0.0.1]",
  "192.168.7.7:80",
  "mock.test:4010",
  "MOCK.test",
  "lan.test",
  "a.b.lan.test",
];
const BAD = [
  "evil.com",
  "localhost.evil.com",
  "evil-localhost",
  "localhost.",
  "evil.com.",
  "127.0.0.1.nip.io",
  "127.0.0.1.",
  "2130706433",
  "0x7f.1",
  "127.1",
  "user@localhost",
  "localhost@evil.com",
  "localhost:evil",
  "localhost:70000",
  "localhost:4010:4010",
  ":4010",
  "::1",
  "[::1",
  "[localhost]",
  "[::1].evil.com",
  "mock.test.evil.com",
  "xmock.test",
  "evillan.test",
  "localhost evil.com",
  "localhost,evil.com",
  "localhost/evil.com",
  "localhost#evil.com",
  "%6cocalhost",
];
const PATHS = ["/", "/healthz", "/nim.v1.AuthService/Login", "/docs/page"];

describe("HTTP/1.1", () => {
  test.each(GOOD)("Host %s is served", async (host) => {
    expect(await statusOf(server.url, `GET /healthz HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)).toBe(200);
  });

  test.each(BAD)("Host %s is refused on every path", async (host) => {
    for (const path of PATHS) {
      for (const method of ["GET", "POST", "OPTIONS"]) {
        const bytes = `${method} ${path} HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`;
        expect(await statusOf(server.url, bytes), `${method} ${path}`).toBe(403);
      }
    }
  });

  test.each([
    ["no Host", "GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n", 400],
    ["no Host in HTTP/1.0", "GET /healthz HTTP/1.0\r\n\r\n", 403],
    ["an empty Host", "GET /healthz HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n", 403],
    [
      "two Hosts, the good one first",
      "GET /healthz HTTP/1.1\r\nHost: localhost\r\nHost: evil.com\r\nConnection: close\r\n\r\n",
      403,
    ],
    [
      "two Hosts, the bad one first",
      "GET /healthz HTTP/1.1\r\nHost: evil.com\r\nHost: localhost\r\nConnection: close\r\n\r\n",
      403,
    ],
    [
      "two Hosts, both good",
      "GET /healthz HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\nConnection: close\r\n\r\n",
      403,
    ],
    [
      "a bad absolute form",
      "GET http://evil.com/healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
      403,
    ],
    [
      "a bad Host under a good absolute form",
      "GET http://localhost/healthz HTTP/1.1\r\nHost: evil.com\r\nConnection: close\r\n\r\n",
      403,
    ],
    [
      "a good absolute form",
      "GET http://localhost/healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
      200,
    ],
    [
      "an upgrade under a bad Host",
      "GET / HTTP/1.1\r\nHost: evil.com\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\n\r\n",
      403,
    ],
  ])("%s", async (_, bytes, status) => {
    expect(await statusOf(server.url, bytes)).toBe(status);
  });
});

describe("HTTP/2", () => {
  test.each(GOOD)(":authority %s is served", async (authority) => {
    expect((await http2Request(server.url, { ":path": "/healthz", ":authority": authority })).status).toBe(200);
  });

  test.each(BAD.filter((authority) => !/[ @/#]/.test(authority)))(":authority %s is refused", async (authority) => {
    for (const path of PATHS) {
      expect((await http2Request(server.url, { ":path": path, ":authority": authority })).status, path).toBe(403);
    }
  });

  test("a bad Host beside a good :authority is refused", async () => {
    const headers = { ":path": "/healthz", ":authority": "localhost", host: "evil.com" };
    expect((await http2Request(server.url, headers)).status).toBe(403);
  });
});

describe("pages", () => {
  const fromPage = (origin: string, init: RequestInit = {}) =>
    fetch(`${server.url}/healthz`, { ...init, headers: { origin } });

  test.each([
    "http://localhost:5173",
    "http://127.0.0.1:3000",
    "http://[::1]:3000",
    "https://app.localhost",
    "http://mock.test",
    "https://a.lan.test:8443",
  ])("of %s may call and read", async (origin) => {
    const response = await fromPage(origin);
    expect(response.status).toBe(200);
    expect(response.headers.get("access-control-allow-origin")).toBe(origin);
    expect(response.headers.get("access-control-expose-headers")?.toLowerCase()).toContain("grpc-status");
    expect(response.headers.get("access-control-allow-credentials")).toBeNull();
    expect(response.headers.get("vary")).toContain("Origin");
  });

  test.each([
    "null",
    "https://evil.com",
    "http://localhost.evil.com",
    "http://8.8.8.8",
    "http://user@localhost",
    "file://",
    "chrome-extension://abcdef",
    "http://localhost, http://evil.com",
    "http://localhost/path",
    "//localhost",
    "localhost",
  ])("of %s are refused, and nothing changes", async (origin) => {
    const before = backend.control.digest();
    const login = await fetch(`${server.url}/nim.v1.AuthService/Login`, {
      method: "POST",
      headers: { origin, "Content-Type": "application/json" },
      body: '{"userId":"1001","password":"1qaz2wsx"}',
    });
    expect([login.status, login.headers.get("access-control-allow-origin")]).toEqual([403, null]);
    expect(backend.control.digest()).toBe(before);
  });

  test("may ask first, and hear what is allowed", async () => {
    const response = await fetch(`${server.url}/nim.v1.AuthService/Login`, {
      method: "OPTIONS",
      headers: { origin: "http://localhost:5173", "access-control-request-method": "POST" },
    });
    expect(response.status).toBe(204);
    expect(response.headers.get("access-control-allow-methods")).toContain("POST");
    const allowed = response.headers.get("access-control-allow-headers")?.toLowerCase().split(", ");
    for (const name of [
      "authorization",
      "connect-protocol-version",
      "content-type",
      "connect-timeout-ms",
      "nimkit-device",
      "x-grpc-web",
    ]) {
      expect(allowed).toContain(name);
    }
  });

  test.each([
    ["text/plain", '{"userId":"1001","password":"1qaz2wsx"}'],
    ["application/x-www-form-urlencoded", "userId=1001"],
    ["multipart/form-data; boundary=x", "--x--"],
  ])("cannot change anything by a request of type %s, which browsers send without asking", async (type, body) => {
    const before = backend.control.digest();
    const response = await fetch(`${server.url}/nim.v1.AuthService/Login`, {
      method: "POST",
      headers: { "Content-Type": type },
      body,
    });
    expect(response.status).toBe(415);
    expect(backend.control.digest()).toBe(before);
  });

  test("of the server's own address may call it, also over the network", () => {
    const policy = createHostPolicy([]);
    expect(policy.allowsOrigin("http://192.168.7.7:4010", "192.168.7.7:4010")).toBe(true);
    expect(policy.allowsOrigin("http://192.168.7.7:5173", "192.168.7.7:4010")).toBe(false);
  });
});

test.each(["http://mock.test", "mock.test:4010", "*", "a b", "", "mock.test/"])("allowedHosts refuses %j", (host) => {
  expect(() => createHostPolicy([host])).toThrow("is no host name");
});
