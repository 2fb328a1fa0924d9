// The command as people start it: first line, signals, mistakes.
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { type CliHost, runCli } from "../../src/node/cli.ts";

const program = fileURLToPath(new URL("../../src/node/main.ts", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "nimkit-cli-"));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** Runs the command in this process; it is asked to stop as soon as it would wait. */
async function run(...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const host: CliHost = { out: (line) => out.push(line), err: (line) => err.push(line), onStop: (stop) => stop() };
  return { code: await runCli(args, host), out, err };
}

function start(...args: string[]): ChildProcessWithoutNullStreams {
  return spawn(process.execPath, ["--conditions=source", program, ...args]);
}

const firstLine = (child: ChildProcessWithoutNullStreams) =>
  new Promise<string>((resolve) => createInterface(child.stdout).once("line", resolve));
const exitOf = (child: ChildProcessWithoutNullStreams) =>
  new Promise<number | null>((resolve) => child.once("exit", resolve));

describe("as a process", () => {
  test.each(["SIGINT", "SIGTERM"] as const)(
    "it says where it listens, and ends in good order on %s",
    async (signal) => {
      const child = start("--port", "0");
      const line = await firstLine(child);
      expect(line).toMatch(/^nimkit-mock listening on http:\/\/127\.0\.0\.1:\d+$/);
      const url = line.slice("nimkit-mock listening on ".length);
      expect((await fetch(`${url}/healthz`)).status).toBe(200);
      const errors = text(child.stderr);
      child.kill(signal);
      expect(await exitOf(child)).toBe(0);
      expect(await errors).toBe("");
    },
  );
});

describe("in this process", () => {
  test("a seed file is read", async () => {
    const seed = file("seed.json", JSON.stringify({ accounts: [{ userId: "zoe", password: "pw" }] }));
    expect(await run("--port", "0", "--seed", seed)).toMatchObject({ code: 0, err: [] });
  });

  test("the host and names are taken", async () => {
    const { code, out } = await run(
      "--port",
      "0",
      "--host",
      "0.0.0.0",
      "--allow-host",
      "a.test",
      "--allow-host",
      "b.test",
    );
    expect([code, out[0]]).toEqual([0, expect.stringMatching(/^nimkit-mock listening on http:\/\/127\.0\.0\.1:\d+$/)]);
  });

  test("help and version", async () => {
    const help = await run("--help");
    expect(help.code).toBe(0);
    for (const flag of ["--port", "--host", "--allow-host", "--seed", "worker DIR"])
      expect(help.out.join()).toContain(flag);
    expect(await run("--version")).toEqual({ code: 0, out: [expect.stringMatching(/^\d+\.\d+\.\d+/)], err: [] });
  });

  test("the worker is copied", async () => {
    const { code, out } = await run("worker", join(folder, "public"));
    expect(code).toBe(0);
    expect(readFileSync(out[0] ?? "", "utf8")).toContain("grpc-web");
  });

  test.each([
    ["an unknown flag", ["--prot", "1"], "--prot"],
    ["a flag without its value", ["--port"], "--port"],
    ["a port that is none", ["--port", "x"], "--port takes 0 to 65535"],
    ["a port that is too large", ["--port", "70000"], "--port takes 0 to 65535"],
    ["a stray word", ["start"], "start"],
    ["a worker without a folder", ["worker"], "worker"],
    ["a seed file that is not there", ["--seed", "nowhere.json"], "nowhere.json"],
    ["a seed file that is no JSON", ["--seed", file("broken.json", "{")], "broken.json"],
    [
      "a seed that names nobody",
      ["--port", "0", "--seed", file("bad.json", '{"friends":[["a","b"]]}')],
      "the seed is not valid",
    ],
    ["a seed of another shape", ["--port", "0", "--seed", file("odd.json", '{"accounts":5}')], "the seed is not valid"],
    ["an allowed host that is no name", ["--port", "0", "--allow-host", "http://x"], "is no host name"],
  ])("%s is one line and code 2", async (_, args, text) => {
    const { code, out, err } = await run(...args);
    expect([code, out]).toEqual([2, []]);
    expect(err).toHaveLength(1);
    expect(err[0]).toContain(text);
    expect(err[0]).not.toContain("\n");
  });

  test("a wide bind without names is one line and code 1", async () => {
    const { code, err } = await run("--port", "0", "--host", "0.0.0.0");
    expect([code, err.length]).toEqual([1, 1]);
    expect(err[0]).toContain("--allow-host");
  });
});
