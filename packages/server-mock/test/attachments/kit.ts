import { createNimClient, type NimClient, NimError } from "@nimkit/sdk";
import { createMockBackend, DEFAULT_PASSWORD, type MockBackend, type MockBackendOptions } from "@nimkit/server-mock";
import { expect } from "vitest";

/** Frozen time at which every test world starts. */
export const START = 1_700_000_000_000;

/** A picture of 3 by 2 pixels. */
export const PNG = Uint8Array.from(
  atob("iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAASFvFNAAAADklEQVR4nGM4AQMMcBYAjLQOETxAoQ8AAAAASUVORK5CYII="),
  (character) => character.charCodeAt(0),
);

export const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

/** A backend with frozen time. */
export const frozenBackend = (options: MockBackendOptions = {}): MockBackend =>
  createMockBackend({ clock: { frozenAt: START }, ...options });

/** A client of a backend in this process, logged in. */
export async function loggedIn(backend: MockBackend, account: string): Promise<NimClient> {
  const client = createNimClient({ transport: backend.transport(), deviceId: `${account}-phone`, platform: "ios" });
  await client.auth.login({ userId: account, password: DEFAULT_PASSWORD });
  return client;
}

/** A client of a server, logged in. */
export async function httpClient(baseUrl: string, account: string): Promise<NimClient> {
  const client = createNimClient({ baseUrl, deviceId: `${account}-phone`, platform: "ios" });
  await client.auth.login({ userId: account, password: DEFAULT_PASSWORD });
  return client;
}

/** Uploads bytes by hand, in one chunk, and gives the attachment. */
export async function upload(client: NimClient, name: string, mimeType: string, data: Uint8Array) {
  const { uploadId } = await client.attachment.createUpload({ name, size: data.length, mimeType });
  if (data.length > 0) await client.attachment.uploadChunk({ uploadId, offset: 0, data });
  const { attachment } = await client.attachment.finishUpload({ uploadId });
  if (attachment === undefined) throw new Error("no attachment came");
  return attachment;
}

/** All bytes of an attachment. */
export async function download(client: NimClient, attachmentId: string, offset = 0): Promise<Uint8Array> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for await (const { data } of client.attachment.download({ attachmentId, offset })) parts.push(data.slice());
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

/** The code that a call is refused with. */
export async function codeOf(work: Promise<unknown>): Promise<number> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(NimError);
  return error instanceof NimError ? error.code : 0;
}
