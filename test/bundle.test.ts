// What an application ships: bundles of the SDK, their sizes, and what must not be in them.
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { describe, expect, test } from "vitest";
import { root } from "./house/source-files.ts";

const kB = (bytes: number) => Math.round(bytes / 100) / 10;

async function bundle(code: string) {
  const result = await build({
    stdin: { contents: code, resolveDir: root, loader: "ts" },
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: "esm",
    platform: "browser",
    target: "es2022",
    conditions: ["source"],
  });
  const [output] = Object.values(result.metafile.outputs);
  const modules = Object.entries(output?.inputs ?? {})
    .filter(([, input]) => input.bytesInOutput > 0)
    .map(([path]) => path);
  return { gzip: gzipSync(result.outputFiles[0]?.contents ?? "", { level: 9 }).length, modules };
}

const ONE_CALL = `
  import { createClient } from "@connectrpc/connect";
  import { createHttpTransport } from "@nimkit/sdk";
  import { MessageService } from "@nimkit/sdk/protocol";
  createClient(MessageService, createHttpTransport({ baseUrl: "/" })).sendText({ sessionId: "1002", content: "hi" });`;
const WHOLE_CLIENT = `import { createNimClient } from "@nimkit/sdk"; window.nim = createNimClient({ baseUrl: "/" });`;
const CALLBACK_MODULE = `import { installApi } from "@nimkit/sdk/module"; installApi({ baseUrl: "/" });`;

describe.each([
  // Limits in kB of gzip. The first two leave room over Connect's own 33 and 55; the third adds the module's tables.
  ["one call", ONE_CALL, 45],
  ["the whole client", WHOLE_CLIENT, 75],
  ["the callback module", CALLBACK_MODULE, 85],
])("%s", (name, code, limit) => {
  test(`is below ${limit} kB gzip and holds nothing of the mock`, async () => {
    const { gzip, modules } = await bundle(code);
    console.info(`${name}: ${kB(gzip)} kB gzip`);
    expect(kB(gzip)).toBeLessThan(limit);
    expect(
      modules.filter((path) => /server-mock|protovalidate|\/msw\/|buf\/validate|connect-node|options_pb/.test(path)),
    ).toEqual([]);
    expect(modules.some((path) => path.startsWith(join("packages", "sdk")))).toBe(true);
  });
});
