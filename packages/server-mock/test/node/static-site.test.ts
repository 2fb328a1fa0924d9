// A static site beside the rpcs: its files and nothing else.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type MockServer, startMockServer } from "@nimkit/server-mock/node";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { exchange, http2Request } from "./wire.ts";

const root = mkdtempSync(join(tmpdir(), "nimkit-site-"));
const site = join(root, "site");
let server: MockServer;
const onError = vi.fn();
const body = async (path: string, init?: RequestInit) => {
  const response = await fetch(server.url + path, init);
  return [response.status, await response.text()];
};

beforeAll(async () => {
  writeFileSync(join(root, "canary.txt"), "CANARY");
  mkdirSync(join(root, "site-other"));
  writeFileSync(join(root, "site-other", "canary.txt"), "CANARY");
  server = await startMockServer({ port: 0, siteDir: site, onError });
  expect((await fetch(`${server.url}/`)).status).toBe(503);
  mkdirSync(join(site, "guide"), { recursive: true });
  writeFileSync(join(site, "index.html"), "<h1>home</h1>");
  writeFileSync(join(site, "guide", "start.html"), "<h1>start</h1>");
  writeFileSync(join(site, "a b.txt"), "spaced");
});
afterAll(async () => {
  expect(onError).not.toHaveBeenCalled();
  await server.close();
  rmSync(root, { recursive: true });
});

test.each([
  ["/", "<h1>home</h1>"],
  ["/index.html", "<h1>home</h1>"],
  ["/guide/start", "<h1>start</h1>"],
  ["/a%20b.txt", "spaced"],
])("%s is served", async (path, text) => {
  expect(await body(path)).toEqual([200, text]);
});

test("it is served over HTTP/2 too, and may not be sniffed", async () => {
  const answer = await http2Request(server.url, { ":path": "/" });
  expect(answer.text).toBe("<h1>home</h1>");
  expect(answer.headers).toMatchObject({
    "content-type": "text/html;charset=utf-8",
    "x-content-type-options": "nosniff",
  });
});

test.each([
  "/../canary.txt",
  "/%2e%2e/canary.txt",
  "/..%2fcanary.txt",
  "/%2e%2e%2fcanary.txt",
  "/..%5ccanary.txt",
  "/guide/../../canary.txt",
  "/guide/%2e%2e/%2e%2e/canary.txt",
  "/../site-other/canary.txt",
  "//canary.txt",
  "/%252e%252e/canary.txt",
  "/%c0%ae%c0%ae/canary.txt",
  "/index.html%00.txt",
  "/%00",
  "/%",
  "/%ff",
  "http://localhost/../canary.txt",
])("%s leads nowhere", async (path) => {
  const answer = await exchange(server.url, `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
  expect(answer).toMatch(/^HTTP\/1\.1 404/);
  expect(answer).not.toContain("CANARY");
});

test.each(["bytes=5-2", "bytes=-5", "bytes=a-b", "bytes=0-1,3-4", "lines=1-2", "bytes=99999-", "bytes=0-99999"])(
  "the range %s harms nobody",
  async (range) => {
    const [status] = await body("/", { headers: { range } });
    expect([200, 206, 416]).toContain(status);
  },
);

test("a part of a file is served", async () => {
  expect(await body("/", { headers: { range: "bytes=4-7" } })).toEqual([206, "home"]);
});

test("a missing page answers with the site's own page, and other methods are refused", async () => {
  expect(await body("/nothing")).toEqual([404, "There is no such page."]);
  writeFileSync(join(site, "404.html"), "<h1>lost</h1>");
  expect(await body("/nothing")).toEqual([404, "<h1>lost</h1>"]);
  expect((await body("/index.html", { method: "DELETE" }))[0]).toBe(404);
});
