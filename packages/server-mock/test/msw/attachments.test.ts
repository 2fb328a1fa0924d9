// Files through MSW in Node: the same bytes, ranges and headers as from the server, below the address the app thinks of.
import { createHttpTransport, createNimClient } from "@nimkit/sdk";
import { DEFAULT_PASSWORD } from "@nimkit/server-mock";
import { createMockNetwork, mockHandlers } from "@nimkit/server-mock/msw";
import { afterEach, expect, test } from "vitest";
import { frozenBackend, PNG } from "../attachments/kit.ts";

let disable: () => Promise<void> = async () => {};
afterEach(() => disable());

/** Sends a picture through the mocked network and gives the message. */
async function sendPicture(callsGoTo: string, options: Parameters<typeof mockHandlers>[1]) {
  const backend = frozenBackend();
  const network = createMockNetwork(mockHandlers(backend, options));
  await network.enable();
  disable = async () => {
    await network.disable();
    await backend.close();
  };
  const ann = createNimClient({ transport: createHttpTransport({ baseUrl: callsGoTo }) });
  await ann.auth.login({ userId: "1001", password: DEFAULT_PASSWORD });
  const filePath = ann.files.add(new File([PNG], "cat.png", { type: "image/png" }));
  const { message } = await ann.message.sendImage({ sessionId: "1002", filePath });
  ann.close();
  if (!message) throw new Error("no message came");
  return message;
}

test.each([
  ["http://im.example", { baseUrl: "http://im.example" }],
  ["https://im.example/api", { baseUrl: "https://im.example/api" }],
  ["https://im.example/api", { baseUrl: "/api" }],
  ["https://any.example/some/where", {}],
])("a picture sent to %s is read below it", async (base, options) => {
  const { url = "", displayName, width, height } = await sendPicture(base, options);
  expect([displayName, width, height]).toEqual(["cat.png", 3, 2]);
  expect(url).toMatch(new RegExp(`^${base}/attachments/[0-9a-f]{64}/cat\\.png$`));
  const whole = await fetch(url);
  expect(Object.fromEntries(whole.headers)).toMatchObject({
    "content-type": "image/png",
    "content-disposition": "attachment; filename=cat.png",
    "content-security-policy": "sandbox; default-src 'none'",
    "x-content-type-options": "nosniff",
    etag: expect.stringMatching(/^"[0-9a-f]{32}"$/),
  });
  expect(new Uint8Array(await whole.arrayBuffer())).toEqual(PNG);
  const part = await fetch(url, { headers: { Range: "bytes=1-3" } });
  expect([part.status, await part.text()]).toEqual([206, "PNG"]);
  expect((await fetch(url, { method: "HEAD" })).headers.get("Content-Length")).toBe(String(PNG.length));
  // Nobody was given this one.
  const [, key = ""] = /attachments\/([0-9a-f]+)/.exec(url) ?? [];
  expect((await fetch(url.replace(key, "0".repeat(64)))).status).toBe(404);
});

test("without a worker a page may have object URLs instead", async () => {
  const { url = "", thumbPath } = await sendPicture("http://im.example", { fileUrls: "object" });
  expect(url).toMatch(/^blob:/);
  expect(new Uint8Array(await (await fetch(thumbPath ?? "")).arrayBuffer())).toEqual(PNG);
  expect(new Uint8Array(await (await fetch(url)).arrayBuffer())).toEqual(PNG);
});
