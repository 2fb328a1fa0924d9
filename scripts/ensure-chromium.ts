// Finds a Chromium for the browser tests, or installs Debian's as root. Prints its path.
import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const INSTALL = "apt-get update && apt-get install -y --no-install-recommends chromium";

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Path of a Chromium on this machine, or undefined. `CHROMIUM_PATH` wins. */
export function findChromium(env: NodeJS.ProcessEnv = process.env): string | undefined {
  if (env.CHROMIUM_PATH) return isExecutable(env.CHROMIUM_PATH) ? env.CHROMIUM_PATH : undefined;
  const folders = (env.PATH ?? "").split(delimiter).concat("/usr/bin");
  return folders.flatMap((folder) => NAMES.map((name) => join(folder, name))).find(isExecutable);
}

/** Path of a Chromium; installs one where that can be done without asking anybody. */
export function ensureChromium(): string {
  const found = findChromium();
  if (found) return found;
  const mayInstall = process.getuid?.() === 0 && isExecutable("/usr/bin/apt-get");
  if (mayInstall) {
    console.error(`No Chromium found: running ${INSTALL}`);
    spawnSync("sh", ["-c", INSTALL], {
      stdio: ["ignore", "ignore", "inherit"],
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    });
    const installed = findChromium();
    if (installed) return installed;
  }
  throw new Error(
    `The browser tests need Chromium. Install it with:\n  sudo sh -c '${INSTALL}'\nor set CHROMIUM_PATH.`,
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(ensureChromium());
