// npm start: brings everything up to date, then serves the mock backend and the page on one port.
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { join, resolve } from "node:path";

/** Port of a start that names none. */
const DEFAULT_PORT = 4010;
const MAX_PORT = 65_535;
const HOST = "127.0.0.1";

const root = resolve(import.meta.dirname, "..");
const stopping = new AbortController();

/** A mistake that the reader can put right; its message says how. */
class StartError extends Error {}

function readPort({ PORT = String(DEFAULT_PORT) }: NodeJS.ProcessEnv): number {
  const port = Number(PORT);
  if (/^\d+$/.test(PORT) && port <= MAX_PORT) return port;
  throw new StartError(`PORT takes 0 to ${MAX_PORT}, not "${PORT}".`);
}

/** Refuses a port that is taken, before anything is built for it. */
function checkPort(port: number): Promise<void> {
  const probe = createServer();
  return new Promise((done, fail) => {
    probe.once("error", (error: NodeJS.ErrnoException) => {
      const reason = error.code === "EADDRINUSE" ? "is in use" : `cannot be used (${error.code ?? error.message})`;
      fail(
        new StartError(`Port ${port} ${reason}. Choose another with PORT=…, or any free one with: PORT=0 npm start`),
      );
    });
    probe.listen(port, HOST, () => probe.close(() => done()));
  });
}

/** Runs a step quietly; what it prints is shown only when it fails. */
function run(what: string, command: string, ...args: string[]): Promise<void> {
  const begin = performance.now();
  const env = { ...process.env, TURBO_TELEMETRY_DISABLED: "1" };
  const child = spawn(command, args, { cwd: root, env, stdio: ["ignore", "pipe", "pipe"], signal: stopping.signal });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
  }
  return new Promise((done, fail) => {
    child.on("error", fail);
    child.on("close", (code) => {
      if (code !== 0) return fail(new StartError(`Not done: ${what}\n${output}`));
      console.log(`${what} (${((performance.now() - begin) / 1000).toFixed(1)} s)`);
      done();
    });
  });
}

function build(what: string, filter: string): Promise<void> {
  return run(what, join(root, "node_modules/.bin/turbo"), "run", "build", `--filter=${filter}`);
}

function welcome(url: string): string {
  return `
  Page     ${url}/          two users chat, in the page itself or through this server
  API      ${url}           Connect, gRPC-Web and gRPC
  Health   ${url}/healthz

  Accounts 1001, 1002 and 1003, password 1qaz2wsx. Log in by hand:

  curl ${url}/nim.v1.AuthService/Login \\
    -H 'Content-Type: application/json' -H 'Nimkit-Device: my-terminal' -H 'Nimkit-Platform: web' \\
    -d '{"userId":"1001","password":"1qaz2wsx"}'

  Ctrl-C stops it.
`;
}

async function start(): Promise<void> {
  const port = readPort(process.env);
  await checkPort(port);
  await run("Generated code is up to date", process.execPath, "packages/codegen/src/cli.ts", "generate");
  await build("Packages are built", "./packages/*");
  // Only now is there something to import.
  const { startMockServer } = await import("@nimkit/server-mock/node");
  const server = await startMockServer({ port, host: HOST, siteDir: join(root, "apps/docs/dist") });
  stopping.signal.addEventListener("abort", () => void server.close());
  console.log(welcome(server.url));
  await build("The page is built", "./apps/*");
}

for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stopping.abort());

start().catch((error: unknown) => {
  if (stopping.signal.aborted) return;
  console.error(error instanceof StartError ? error.message : error);
  process.exit(1);
});
