// The patched service worker, and the plugin that serves it.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build, createServer as createViteServer } from "vite";
import { afterEach, expect, test } from "vitest";
import { copyMockWorker, patchedMockWorker } from "../../src/msw/worker-file.ts";
import { nimkitMockWorker } from "../../src/vite.ts";

const folders: string[] = [];
function folder(): string {
  const dir = mkdtempSync(join(tmpdir(), "nimkit-worker-"));
  folders.push(dir);
  return dir;
}
afterEach(() => {
  for (const dir of folders.splice(0)) rmSync(dir, { recursive: true, force: true });
});

test("the worker leaves the streams of Connect and gRPC-Web alone, and MSW's check of it still passes", () => {
  const worker = patchedMockWorker();
  expect(worker).toMatch(/const isEventStreamResponse = .*connect.*grpc-web/);
  expect(worker).toMatch(/INTEGRITY_CHECKSUM = '[0-9a-f]{32}'/);
  expect(() => new Function(worker)).not.toThrow();
});

test("it is copied into a folder that need not be there", () => {
  const file = copyMockWorker(join(folder(), "public", "deep"));
  expect(file).toMatch(/mockServiceWorker\.js$/);
  expect(readFileSync(file, "utf8")).toBe(patchedMockWorker());
});

test.each(["/", "/docs/", "https://cdn.example/docs/"])("the dev server serves it below %s", async (base) => {
  const vite = await createViteServer({
    configFile: false,
    root: folder(),
    base,
    logLevel: "silent",
    appType: "custom",
    plugins: [nimkitMockWorker()],
    server: { middlewareMode: true, ws: false, watch: null },
  });
  const server = createServer(vite.middlewares);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const path = `${base.replace("https://cdn.example", "")}mockServiceWorker.js`;
  const response = await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}?x=1`);
  expect(response.headers.get("content-type")).toContain("javascript");
  expect(await response.text()).toBe(patchedMockWorker());
  server.close();
  server.closeAllConnections();
  await vite.close();
});

test("a build emits it", async () => {
  const root = folder();
  const entry = "\0entry";
  const output = await build({
    configFile: false,
    root,
    logLevel: "silent",
    plugins: [
      nimkitMockWorker(),
      { name: "entry", resolveId: (id) => (id === "entry" ? entry : null), load: (id) => (id === entry ? "1" : null) },
    ],
    build: { write: false, rolldownOptions: { input: "entry" } },
  });
  const files = [output]
    .flat()
    .flatMap((result) => ("output" in result ? result.output.map((file) => file.fileName) : []));
  expect(files).toContain("mockServiceWorker.js");
});
