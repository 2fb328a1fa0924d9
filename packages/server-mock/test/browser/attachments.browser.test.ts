// A File from a page through MSW's worker and back: by fetch, in an <img>, and in part.
import { createHttpTransport, createNimClient, type NimClient } from "@nimkit/sdk";
import { createMockBackend, DEFAULT_PASSWORD, type MockBackend } from "@nimkit/server-mock";
import { mockHandlers } from "@nimkit/server-mock/msw";
import { type SetupWorker, setupWorker } from "msw/browser";
import { afterEach, beforeEach, expect, test } from "vitest";

const baseUrl = location.origin;
let backend: MockBackend;
let worker: SetupWorker;

beforeEach(async () => {
  backend = createMockBackend({ policy: { attachmentChunkBytes: 256 } });
  worker = setupWorker(...mockHandlers(backend, { baseUrl }));
  await worker.start({ quiet: true, onUnhandledFrame: "bypass" });
});
afterEach(async () => {
  worker.stop();
  await backend.close();
});

async function loggedIn(client: NimClient, userId: string): Promise<NimClient> {
  await client.auth.login({ userId, password: DEFAULT_PASSWORD });
  return client;
}

/** A real picture, as a page would take it from a canvas. */
async function picture(): Promise<File> {
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [120, 80];
  const context = canvas.getContext("2d");
  const noise = context?.createImageData(120, 80);
  if (!context || !noise) throw new Error("there is no canvas");
  for (let i = 0; i < noise.data.length; i++) noise.data[i] = (i * 7919) % 256;
  context.putImageData(noise, 0, 0);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve));
  if (!blob) throw new Error("the canvas gave nothing");
  return new File([blob], "noise.png", { type: blob.type });
}

async function widthOf(src: string): Promise<number> {
  const image = new Image();
  image.src = src;
  await image.decode();
  return image.naturalWidth;
}

const same = async (response: Promise<Response>, file: Blob) => {
  const [got, sent] = await Promise.all([(await response).arrayBuffer(), file.arrayBuffer()]);
  expect(new Uint8Array(got)).toEqual(new Uint8Array(sent));
};

test("a File goes through the worker and comes back", async () => {
  const transport = createHttpTransport({ baseUrl });
  const ann = await loggedIn(createNimClient({ transport, deviceId: "a" }), "1001");
  const ben = await loggedIn(createNimClient({ transport, deviceId: "b" }), "1002");
  const received = new Promise<string>((resolve) =>
    ben.on("message", ({ messages }) => resolve(messages[0]?.url ?? "")),
  );
  const progress: number[] = [];
  ann.on("messageProgress", (step) => progress.push(step.progress));
  const file = await picture();
  const filePath = ann.files.add(file);

  const { message } = await ann.message.sendImage({ sessionId: "1002", filePath });
  expect(message).toMatchObject({ displayName: "noise.png", mimeType: "image/png", width: 120, height: 80 });
  expect(message?.fileLength).toBe(file.size);
  expect(progress.length).toBeGreaterThan(3);
  expect(progress.at(-1)).toBe(1);
  // The sender's own copy is shown at once.
  expect(await widthOf(message?.path ?? "")).toBe(120);

  const url = await received;
  expect(url.startsWith(`${baseUrl}/attachments/`)).toBe(true);
  await same(fetch(url), file);
  expect(await widthOf(url)).toBe(120);
  const part = await fetch(url, { headers: { Range: "bytes=1-3" } });
  expect([part.status, await part.text()]).toEqual([206, "PNG"]);
  const steps = [];
  for await (const step of ben.message.downloadAttachment({ messageId: message?.messageId ?? "" })) steps.push(step);
  expect(await widthOf(steps.at(-1)?.message?.path ?? "")).toBe(120);
  ann.files.remove(filePath);
  await Promise.all([ann.close(), ben.close()]);
});

test("without a network, pictures have object URLs, and a page is inert under one", async () => {
  const ann = await loggedIn(createNimClient({ transport: backend.transport(), deviceId: "a" }), "1001");
  const file = await picture();
  const { message } = await ann.message.sendImage({ sessionId: "1002", filePath: ann.files.add(file) });
  await same(fetch(message?.url ?? ""), file);
  expect(await widthOf(message?.url ?? "")).toBe(120);

  const page = new Blob(["<script>parent.canary = true</script>"], { type: "text/html" });
  const sent = await ann.message.sendFile({ sessionId: "1002", filePath: ann.files.add(page, "page.html") });
  for (const [src, runs] of [
    [URL.createObjectURL(page), true],
    [sent.message?.url ?? "", false],
  ] as const) {
    Reflect.deleteProperty(globalThis, "canary");
    const frame = document.createElement("iframe");
    const loaded = new Promise((resolve) => frame.addEventListener("load", resolve));
    frame.src = src;
    document.body.append(frame);
    // What is downloaded instead of shown never loads.
    if (runs) await loaded;
    else await fetch(src);
    expect(Reflect.has(globalThis, "canary")).toBe(runs);
    frame.remove();
  }
  await ann.close();
});
