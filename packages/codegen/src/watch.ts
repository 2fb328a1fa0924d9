import { watch } from "node:fs/promises";
import { resolve } from "node:path";

import type { LoadedConfig } from "./config.ts";

/** Editors write a file in several steps; changes closer together than this (ms) are one. */
const DEBOUNCE = 50;

/** Runs once now and again after every change below the input folder, until the signal aborts. A failed run does not end it. */
export async function watchInput({
  root,
  config,
  run,
  signal,
}: LoadedConfig & { readonly run: () => Promise<void>; readonly signal?: AbortSignal }): Promise<void> {
  await run();
  let timer: NodeJS.Timeout | undefined;
  let running = Promise.resolve();
  try {
    for await (const change of watch(resolve(root, config.input), { recursive: true, ...(signal ? { signal } : {}) })) {
      if (!change.filename?.endsWith(".proto")) continue;
      clearTimeout(timer);
      timer = setTimeout(() => {
        running = running.then(run);
      }, DEBOUNCE);
    }
  } catch (error) {
    if (!signal?.aborted) throw error;
  } finally {
    clearTimeout(timer);
    await running;
  }
}
