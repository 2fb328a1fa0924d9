import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { flatConfig } from "../src/config.ts";
import { watchInput } from "../src/watch.ts";
import { createWorkspace } from "./workspace.ts";

test("watch runs at once and again after every change", async () => {
  const { input, output } = createWorkspace({ "a/v1/a.proto": "" });
  const controller = new AbortController();
  const run = vi.fn(async () => {});
  const watching = watchInput({ ...flatConfig(input, output), run, signal: controller.signal });
  // The first change may come before the system watches: change again until it is seen.
  const runsAfterChange = async (count: number) =>
    vi.waitFor(
      () => {
        appendFileSync(join(input, "a/v1/a.proto"), "\n");
        expect(run.mock.calls.length).toBeGreaterThanOrEqual(count);
      },
      { interval: 100, timeout: 5000 },
    );
  await runsAfterChange(2);
  await runsAfterChange(3);
  controller.abort();
  await watching;
});
