// Starting and closing: every failure names its reason and the fix.

import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { createClient } from "@connectrpc/connect";
import { nimServices } from "@nimkit/sdk";
import { createNodeTransport } from "@nimkit/sdk/http/node";
import { EndReason } from "@nimkit/sdk/protocol/enums";
import { type MockServer, MockServerError, startMockServer } from "@nimkit/server-mock/node";
import { afterEach, describe, expect, test } from "vitest";
import { exchange, openSocket } from "./wire.ts";

const started: MockServer[] = [];
async function start(...args: Parameters<typeof startMockServer>): Promise<MockServer> {
  const server = await startMockServer(...args);
  started.push(server);
  return server;
}
afterEach(() => Promise.all(started.splice(0).map((server) => server.close())));

describe("a start is refused", () => {
  test("when the port is in use, and it says by whom", async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const { port } = other.address() as AddressInfo;
    const failure = await start({ port }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(MockServerError);
    expect(failure).toMatchObject({
      code: "port-in-use",
      message: expect.stringContaining(`port ${port} is in use by `),
    });
    if (process.platform === "linux") expect(String(failure)).toContain(`(pid ${process.pid})`);
    other.close();
  });

  test.each(["0.0.0.0", "::", "", "192.168.7.7", "mock.test"])("on %j without allowed hosts", async (host) => {
    await expect(start({ port: 0, host })).rejects.toMatchObject({
      code: "wide-bind",
      message: expect.stringContaining("--allow-host"),
    });
  });

  test.each([
    ["an address that the machine lacks", { host: "192.0.2.1", allowedHosts: ["mock.test"] }, "no address"],
    ["an allowed host that is no name", { allowedHosts: ["http://x"] }, "is no host name"],
    ["a seed that names nobody", { seed: { friends: [["a", "b"]] as const } }, "the seed is not valid"],
  ])("with %s", async (_, options, text) => {
    await expect(start({ port: 0, ...options })).rejects.toMatchObject({
      code: "bad-option",
      message: expect.stringContaining(text),
    });
  });
});

describe("a server", () => {
  test("on all addresses tells one that people can open", async () => {
    const server = await start({ port: 0, host: "0.0.0.0", allowedHosts: ["mock.test"] });
    expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  });

  test("on IPv6 has a URL with brackets", async () => {
    const server = await start({ port: 0, host: "::1" });
    expect(server.url).toMatch(/^http:\/\/\[::1\]:\d+$/);
    expect(await (await fetch(`${server.url}/healthz`)).text()).toBe("ok\n");
  });

  test("starts with the seed it is given", async () => {
    const server = await start({ port: 0, seed: { accounts: [{ userId: "zoe", password: "pw" }] } });
    const auth = createClient(nimServices.auth, createNodeTransport({ baseUrl: server.url }));
    expect((await auth.login({ userId: "zoe", password: "pw" })).userId).toBe("zoe");
  });

  test("answers a read by GET", async () => {
    const server = await start({ port: 0 });
    const auth = createClient(nimServices.auth, createNodeTransport({ baseUrl: server.url }));
    const { accessToken } = await auth.login({ userId: "1001", password: "1qaz2wsx" });
    const path = "/nim.v1.AuthService/IsLogined?connect=v1&encoding=json&message=%7B%7D";
    const response = await fetch(server.url + path, { headers: { Authorization: `Bearer ${accessToken}` } });
    expect(await response.json()).toEqual({ logined: true });
    const change = await fetch(`${server.url}/nim.v1.AuthService/Logout?connect=v1&encoding=json&message=%7B%7D`);
    expect(change.status).toBe(405);
  });
});

describe("close", () => {
  test.each(["1.1", "2"] as const)(
    "ends streams with a reason and idle connections at once, over HTTP/%s",
    async (httpVersion) => {
      const server = await start({ port: 0, limits: { closeMs: 60_000 } });
      const transport = createNodeTransport({ baseUrl: server.url, httpVersion });
      const { accessToken } = await createClient(nimServices.auth, transport).login({
        userId: "1001",
        password: "1qaz2wsx",
      });
      const options = { headers: { Authorization: `Bearer ${accessToken}` } };
      const [silent, idle] = [await openSocket(server.url), await openSocket(server.url)];
      idle.write("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
      await new Promise((resolve) => idle.once("data", resolve));

      let reason: number | undefined;
      let closed: Promise<void> | undefined;
      const began = performance.now();
      for await (const { frame } of createClient(nimServices.event, transport).subscribe({}, options)) {
        if (frame.case === "relations") closed = server.close();
        if (frame.case === "end") reason = frame.value.reason;
      }
      expect(reason).toBe(EndReason.SERVER_CLOSING);
      await closed;
      expect(performance.now() - began).toBeLessThan(1_500);
      for (const socket of [silent, idle])
        if (!socket.closed) await new Promise((resolve) => socket.once("close", resolve));
    },
  );

  test("frees the port", async () => {
    const server = await start({ port: 0 });
    await server.close();
    await expect(exchange(server.url, "")).rejects.toThrow("ECONNREFUSED");
    expect((await start({ port: Number(new URL(server.url).port) })).url).toBe(server.url);
  });

  test("does not wait for a client that never reads", async () => {
    const server = await start({ port: 0, limits: { closeMs: 20 } });
    const socket = await openSocket(server.url);
    socket.write("POST /nim.v1.AuthService/Login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\n");
    await server.close();
    await server.close();
    expect(socket.readable || socket.destroyed).toBe(true);
  });
});
