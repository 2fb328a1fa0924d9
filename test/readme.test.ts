// The README's first TypeScript sample runs as it stands.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, test, vi } from "vitest";
import { root } from "./house/source-files.ts";

const readme = readFileSync(join(root, "README.md"), "utf8");
const sample = /```ts\n([\s\S]*?)```/.exec(readme)?.[1] ?? "";
const folder = join(root, ".cache/readme");

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("the README's sample is at most thirty lines and prints what it says", async () => {
  expect(sample.trim().split("\n").filter(Boolean).length).toBeLessThanOrEqual(30);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "sample.ts"), sample);
  const log = vi.spyOn(console, "log").mockImplementation(() => undefined);
  await import(pathToFileURL(join(folder, "sample.ts")).href);
  expect(log.mock.calls).toEqual([["1001 says: hello"], [508, expect.any(String)]]);
  log.mockRestore();
});
