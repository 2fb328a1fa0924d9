import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

/** Name under which MSW asks for its service worker. */
export const WORKER_FILE = "mockServiceWorker.js";

/** How MSW's worker tells the responses that it must not clone. */
const STREAM_TEST =
  /const isEventStreamResponse = response\.headers\s*\.get\('content-type'\)\s*\?\.toLowerCase\(\)\s*\.startsWith\('text\/event-stream'\)/;
const PATCHED_TEST =
  "const isEventStreamResponse = /^(text\\/event-stream|application\\/(connect\\+|grpc-web))/i.test(response.headers.get('content-type') ?? '')";

/**
 * MSW's service worker, changed so that it does not clone the streams of Connect and gRPC-Web: of a cloned stream the
 * page's abort never reaches the handler, which then runs for ever. MSW's own integrity check still passes.
 * @throws {Error} when MSW's worker no longer holds what is to be replaced.
 */
export function patchedMockWorker(): string {
  const source = readFileSync(createRequire(import.meta.url).resolve("msw/mockServiceWorker.js"), "utf8");
  const patched = source.replace(STREAM_TEST, () => PATCHED_TEST);
  if (patched === source) {
    throw new Error(
      "this version of msw has another service worker: its test for event streams was not found, so streams could not be patched; use msw 3.0.5",
    );
  }
  return patched;
}

/** Writes the patched worker into a folder, made if it is missing, and gives the file's path. */
export function copyMockWorker(dir: string): string {
  const file = join(dir, WORKER_FILE);
  mkdirSync(dir, { recursive: true });
  writeFileSync(file, patchedMockWorker());
  return file;
}
