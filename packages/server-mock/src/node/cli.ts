import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { copyMockWorker } from "../msw/worker-file.ts";
import type { SeedData } from "../seed/seed-data.ts";
import { MockServerError } from "./server-error.ts";
import { DEFAULT_PORT, startMockServer } from "./start-mock-server.ts";

/** Where a command reads and writes; tests pass their own. */
export interface CliHost {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
  /** Calls back when the user asks the program to end. */
  readonly onStop: (stop: () => void) => void;
}

/** Exit codes of the command. */
const EXIT = { ok: 0, failed: 1, usage: 2 } as const;
const MAX_PORT = 65_535;

const HELP = `Usage: nimkit-mock [options]
       nimkit-mock worker DIR

Starts a mock backend that speaks Connect, gRPC and gRPC-Web on one port.
"worker DIR" writes the service worker of the in-browser mock into DIR.

Options:
  --port N           port to listen on; 0 picks a free one (default ${DEFAULT_PORT})
  --host H           address to listen on (default 127.0.0.1)
  --allow-host NAME  another name by which the server may be called; may be repeated
  --seed FILE        JSON file with accounts, teams, rooms and messages to start with
  --help             show this text
  --version          show the version`;

/** A mistake in the command line. */
class UsageError extends Error {}

function readPort(text: string | undefined): number {
  if (text === undefined) return DEFAULT_PORT;
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > MAX_PORT) throw new UsageError(`--port takes 0 to ${MAX_PORT}, not "${text}"`);
  return port;
}

/** Reads a seed file. Its content is checked when the backend takes it. */
function readSeed(file: string | undefined): SeedData | undefined {
  if (file === undefined) return undefined;
  try {
    return JSON.parse(readFileSync(file, "utf8")) as SeedData;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new UsageError(`cannot read the seed file "${file}": ${reason}`);
  }
}

function readVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  return typeof manifest === "object" && manifest !== null && "version" in manifest
    ? String(manifest.version)
    : "unknown";
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        port: { type: "string" },
        host: { type: "string" },
        "allow-host": { type: "string", multiple: true },
        seed: { type: "string" },
        help: { type: "boolean" },
        version: { type: "boolean" },
      },
    });
  } catch (error) {
    // Node explains at length how to pass positional arguments; the first sentence names the mistake.
    const text = error instanceof Error ? error.message : String(error);
    throw new UsageError(text.split(". ", 1)[0] ?? text);
  }
}

async function run(args: readonly string[], host: CliHost): Promise<number> {
  const { values, positionals } = parse(args);
  if (values.help) {
    host.out(HELP);
    return EXIT.ok;
  }
  if (values.version) {
    host.out(readVersion());
    return EXIT.ok;
  }
  const [command, dir, ...rest] = positionals;
  if (command === "worker" && dir !== undefined && rest.length === 0) {
    host.out(copyMockWorker(dir));
    return EXIT.ok;
  }
  if (command !== undefined)
    throw new UsageError(`cannot make sense of "${positionals.join(" ")}"; the one command is: worker DIR`);

  const seed = readSeed(values.seed);
  const server = await startMockServer({
    port: readPort(values.port),
    ...(values.host === undefined ? {} : { host: values.host }),
    allowedHosts: values["allow-host"] ?? [],
    ...(seed === undefined ? {} : { seed }),
  });
  host.out(`nimkit-mock listening on ${server.url}`);
  await new Promise<void>((resolve) => host.onStop(resolve));
  await server.close();
  return EXIT.ok;
}

/** Runs the command and gives its exit code: 0 done, 1 could not start, 2 wrong usage. */
export async function runCli(args: readonly string[], host: CliHost): Promise<number> {
  try {
    return await run(args, host);
  } catch (error) {
    if (error instanceof UsageError) {
      host.err(`nimkit-mock: ${error.message}; see nimkit-mock --help`);
      return EXIT.usage;
    }
    if (!(error instanceof MockServerError)) throw error;
    host.err(`nimkit-mock: ${error.message}`);
    return error.code === "bad-option" ? EXIT.usage : EXIT.failed;
  }
}
