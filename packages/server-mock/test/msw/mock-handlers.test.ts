// The handler as a page's fetch meets it: addresses, content types, unknown rpcs, and the rest of the network.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createClient } from "@connectrpc/connect";
import { createHttpTransport, nimServices } from "@nimkit/sdk";
import { createMockBackend } from "@nimkit/server-mock";
import { createMockNetwork, mockHandlers } from "@nimkit/server-mock/msw";
import { HttpResponse, http } from "msw/http";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";

const backend = createMockBackend();
const real = createServer((_, response) => response.end("real"));
let realUrl: string;
let disable: () => Promise<void> = async () => {};

beforeAll(async () => {
  await new Promise<void>((resolve) => real.listen(0, "127.0.0.1", resolve));
  realUrl = `http://127.0.0.1:${(real.address() as AddressInfo).port}`;
});
afterEach(() => disable());
afterAll(async () => {
  real.close();
  real.closeAllConnections();
  await backend.close();
});

async function mock(...handlers: Parameters<typeof createMockNetwork>[0]): Promise<void> {
  const network = createMockNetwork(handlers);
  await network.enable();
  disable = async () => {
    disable = async () => {};
    await network.disable();
  };
}

const credentials = JSON.stringify({ userId: "1001", password: "1qaz2wsx" });
const login = (base: string, init: RequestInit = {}) =>
  fetch(`${base}/nim.v1.AuthService/Login`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: credentials,
    ...init,
  });

describe("which requests are answered", () => {
  test.each([
    [undefined, "http://one.example"],
    [undefined, "https://two.example:8443/any/path"],
    ["http://one.example", "http://one.example"],
    ["http://one.example/", "http://one.example"],
    ["http://one.example/api", "http://one.example/api"],
    ["/api", "https://any.example/api"],
  ])("with baseUrl %s a call to %s", async (baseUrl, base) => {
    await mock(...mockHandlers(backend, baseUrl === undefined ? {} : { baseUrl }));
    const response = await login(base);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ userId: "1001" });
  });

  test.each([
    ["http://one.example", ""],
    ["/api", ""],
    ["/api", "/other/api"],
  ])("with baseUrl %s a call elsewhere goes to the real network", async (baseUrl, path) => {
    await mock(...mockHandlers(backend, { baseUrl }));
    expect(await (await login(realUrl + path)).text()).toBe("real");
  });

  test("everything else goes to the real network or to other handlers, without a word", async () => {
    const warn = vi.spyOn(console, "warn");
    await mock(
      ...mockHandlers(backend),
      http.get("http://one.example/other", () => HttpResponse.text("mine")),
    );
    expect(await (await fetch(`${realUrl}/nim.v1.AuthService`)).text()).toBe("real");
    expect(await (await fetch("http://one.example/other")).text()).toBe("mine");
    expect(warn).not.toHaveBeenCalled();
  });

  test.each(["http://", "mock.example", "api", ""])("the baseUrl %j is refused, for it is no address", (baseUrl) => {
    expect(() => mockHandlers(backend, { baseUrl })).toThrow(TypeError);
  });
});

describe("what is wrong with a request is said", () => {
  test.each([
    ["/nim.v1.AuthService/Nope", "nim.v1.AuthService.Nope is not an rpc"],
    ["/nim.v9.NoService/Login", "nim.v9.NoService.Login is not an rpc"],
  ])("%s is unimplemented", async (path, text) => {
    await mock(...mockHandlers(backend));
    const response = await fetch(`http://one.example${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: "{}",
    });
    expect(response.status).toBe(404);
    expect(await response.json()).toMatchObject({ code: "unimplemented", message: expect.stringContaining(text) });
  });

  test("an unknown rpc is unimplemented to a gRPC-Web client too", async () => {
    await mock(...mockHandlers(backend));
    const response = await fetch("http://one.example/nim.v1.AuthService/Nope", {
      method: "POST",
      headers: { "Content-Type": "application/grpc-web+proto" },
      body: new Uint8Array(5),
    });
    expect([response.status, response.headers.get("grpc-status")]).toEqual([200, "12"]);
  });

  test("a content type", async () => {
    await mock(...mockHandlers(backend));
    const response = await login("http://one.example", { headers: { "Content-Type": "text/plain" } });
    expect(response.status).toBe(415);
    expect(await response.json()).toMatchObject({ message: expect.stringContaining("send application/json") });
  });

  test("a method", async () => {
    await mock(...mockHandlers(backend));
    const response = await fetch("http://one.example/nim.v1.AuthService/Login", { method: "PUT", body: "{}" });
    expect(response.status).toBe(405);
    expect(await response.json()).toMatchObject({ message: expect.stringContaining("takes POST") });
  });

  test("JSON that is none, and a body over 4 MiB", async () => {
    await mock(...mockHandlers(backend));
    const broken = await login("http://one.example", { body: "{" });
    expect([broken.status, await broken.json()]).toEqual([400, expect.objectContaining({ code: "invalid_argument" })]);
    const big = await login("http://one.example", { body: JSON.stringify({ userId: "x".repeat(5_000_000) }) });
    expect(await big.json()).toMatchObject({ code: "resource_exhausted" });
  });
});

test("a page that throws the body of a stream away ends the stream in the backend, although nothing happens on it", async () => {
  await mock(...mockHandlers(backend));
  const { accessToken } = (await (await login("http://one.example")).json()) as { accessToken: string };
  const response = await fetch("http://one.example/nim.v1.EventService/Subscribe", {
    method: "POST",
    headers: { "Content-Type": "application/connect+json", Authorization: `Bearer ${accessToken}` },
    body: new Uint8Array([0, 0, 0, 0, 2, 0x7b, 0x7d]),
  });
  const reader = response.body?.getReader();
  expect(new TextDecoder().decode((await reader?.read())?.value)).toContain("opened");
  expect(backend.control.openStreams()).toBe(1);
  await reader?.cancel();
  await vi.waitFor(() => expect(backend.control.openStreams()).toBe(0), { interval: 5 });
});

test("many calls at once are told apart", async () => {
  await mock(...mockHandlers(backend));
  const auth = createClient(nimServices.auth, createHttpTransport({ baseUrl: "http://one.example" }));
  const accounts = Array.from({ length: 30 }, (_, i) => String(1001 + (i % 3)));
  const replies = await Promise.all(
    accounts.map((userId, i) =>
      auth.login({ userId, password: "1qaz2wsx" }, { headers: { "Nimkit-Device": `d${i}` } }),
    ),
  );
  expect(replies.map((reply) => reply.userId)).toEqual(accounts);
});
