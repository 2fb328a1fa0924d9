// npm start: brings everything up to date, then serves the mock backend and the site on one port.
import { spawn } from "node:child_process";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "..");
const env = { ...process.env, TURBO_TELEMETRY_DISABLED: "1" };

/** Runs a step quietly; what it prints is shown only when it fails. */
function run(what: string, command: string, ...args: string[]): Promise<void> {
  return new Promise((done, fail) => {
    const begin = performance.now();
    let output = "";
    const child = spawn(command, args, { cwd: root, env, stdio: ["ignore", "pipe", "pipe"] });
    child.stdout.on("data", (chunk) => (output += String(chunk)));
    child.stderr.on("data", (chunk) => (output += String(chunk)));
    child.on("error", fail);
    child.on("close", (code) => {
      if (code !== 0) return fail(new Error(`${what} failed:\n${output}`));
      console.log(`${what} (${((performance.now() - begin) / 1000).toFixed(1)} s)`);
      done();
    });
  });
}

const turbo = (what: string, filter: string) => run(what, "npx", "turbo", "run", "build", `--filter=${filter}`);

async function start(): Promise<void> {
  await run("generated code is up to date", process.execPath, "packages/codegen/src/cli.ts", "generate");
  await turbo("packages are built", "./packages/*");
  // Only now is there something to import.
  const { startMockServer } = await import("@nimkit/server-mock/node");
  const server = await startMockServer({
    port: Number(process.env.PORT ?? 4010),
    siteDir: join(root, "apps/docs/dist"),
  });
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => void server.close().then(() => process.exit(0)));
  }
  console.log(`
  page     ${server.url}/          two users chat, in the page itself or through this server
  API      ${server.url}           Connect, gRPC-Web and gRPC
  health   ${server.url}/healthz

  Accounts 1001, 1002 and 1003, password 1qaz2wsx. Try it:
  curl ${server.url}/nim.v1.AuthService/Login -H 'content-type: application/json' -d '{"userId":"1001","password":"1qaz2wsx"}'

  Ctrl-C stops it.
`);
  await turbo("the page is built", "./apps/*");
}

start().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
