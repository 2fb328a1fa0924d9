// Finds the programs that tests need and npm does not bring; as root on Debian it installs what is missing.
import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Debian package to the names its program goes by. */
const TOOLS = {
  chromium: ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"],
  curl: ["curl"],
} as const;
type Tool = keyof typeof TOOLS;

/** Flags for Chromium in tests: it runs as root, and without them it looks for hosts outside. */
export const CHROMIUM_FLAGS: readonly string[] = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function find(tool: Tool): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter).concat("/usr/bin");
  return folders.flatMap((folder) => TOOLS[tool].map((name) => join(folder, name))).find(isExecutable);
}

/** Path of a Chromium on this machine, or undefined. `CHROMIUM_PATH` wins. */
export function findChromium(): string | undefined {
  const { CHROMIUM_PATH: chosen } = process.env;
  if (chosen) return isExecutable(chosen) ? chosen : undefined;
  return find("chromium");
}

const isThere = (tool: Tool) => (tool === "chromium" ? findChromium() : find(tool)) !== undefined;

/** Sees to it that every tool is there; throws naming the one command when somebody else must install them. */
export function ensureTools(): void {
  const missing = () => (Object.keys(TOOLS) as Tool[]).filter((tool) => !isThere(tool));
  const wanted = missing();
  if (wanted.length === 0) return;
  const command = `apt-get update && apt-get install -y --no-install-recommends ${wanted.join(" ")}`;
  if (process.getuid?.() === 0 && isExecutable("/usr/bin/apt-get")) {
    console.error(`Missing for the tests: ${wanted.join(", ")}. Running ${command}`);
    const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
    spawnSync("sh", ["-c", command], { stdio: ["ignore", "ignore", "inherit"], env });
    if (missing().length === 0) return;
  }
  throw new Error(`The tests need ${missing().join(" and ")}. Install with:\n  sudo sh -c '${command}'`);
}

/** Path of Chromium, installed if need be. */
export function ensureChromium(): string {
  ensureTools();
  const path = findChromium();
  if (path === undefined) throw new Error("CHROMIUM_PATH names no program");
  return path;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(ensureChromium());
