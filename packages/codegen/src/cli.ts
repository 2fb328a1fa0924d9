#!/usr/bin/env node
import { join, relative } from "node:path";
import { parseArgs } from "node:util";

import { flatConfig, type LoadedConfig, loadConfig } from "./config.ts";
import { type DiagnosticFormat, formatDiagnostics } from "./diagnostics/diagnostic.ts";
import { generate } from "./generate.ts";
import { watchInput } from "./watch.ts";
import { applyPlan, comparePlan, type PlanDifference } from "./write-plan.ts";

const USAGE = `nimkit generate|check|watch [options]

  generate   write what differs, remove generated files that are no longer wanted
  check      write nothing; exit 0 clean, 1 stale, 2 failed
  watch      generate now and after every change of the schema

  -c, --config FILE      configuration (default: nimkit.config.ts)
  -i, --input DIR        folder of proto files; with --output no configuration is needed
  -o, --output DIR       folder to write into
      --prefix NAME      prefix of names such as NimApi
      --format FORMAT    findings as text, json or github-actions (default: text)
  -s, --silent           print findings only
  -h, --help             this text`;

const CLEAN = 0;
const STALE = 1;
const FAILED = 2;

interface Options {
  readonly config?: string;
  readonly input?: string;
  readonly output?: string;
  readonly prefix?: string;
  readonly format: DiagnosticFormat;
  readonly silent: boolean;
}

/** Where the command line writes its lines. */
export interface Terminal {
  print(line: string): void;
  printError(line: string): void;
}

/** Runs the command line and gives the exit code. */
export async function run(argv: readonly string[], terminal: Terminal): Promise<number> {
  try {
    const { command, options, help } = readArguments(argv);
    if (help) {
      terminal.print(USAGE);
      return CLEAN;
    }
    switch (command) {
      case "generate":
        return await generateOnce(await configOf(options), options, true, terminal);
      case "check":
        return await generateOnce(await configOf(options), options, false, terminal);
      case "watch": {
        const loaded = await configOf(options);
        const runOnce = () => generateOnce(loaded, options, true, terminal).catch((error) => fail(error, terminal));
        await watchInput({ ...loaded, run: async () => void (await runOnce()) });
        return CLEAN;
      }
      default:
        terminal.printError(command === undefined ? USAGE : `unknown command ${command}\n\n${USAGE}`);
        return FAILED;
    }
  } catch (error) {
    return fail(error, terminal);
  }
}

function fail(error: unknown, terminal: Terminal): number {
  terminal.printError(`nimkit: ${error instanceof Error ? error.message : String(error)}`);
  return FAILED;
}

function readArguments(argv: readonly string[]): { command: string | undefined; options: Options; help: boolean } {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      config: { type: "string", short: "c" },
      input: { type: "string", short: "i" },
      output: { type: "string", short: "o" },
      prefix: { type: "string" },
      format: { type: "string", default: "text" },
      silent: { type: "boolean", short: "s", default: false },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  const { format, silent, help, ...rest } = values;
  if (!isFormat(format)) throw new Error(`--format ${format} is not known; use text, json or github-actions`);
  if ((rest.input === undefined) !== (rest.output === undefined))
    throw new Error("--input and --output go together; pass both or none");
  return { command: positionals[0], options: { ...rest, format, silent }, help };
}

function isFormat(format: string): format is DiagnosticFormat {
  return format === "text" || format === "json" || format === "github-actions";
}

async function configOf(options: Options): Promise<LoadedConfig> {
  if (options.input !== undefined && options.output !== undefined)
    return flatConfig(options.input, options.output, options.prefix);
  return loadConfig(options.config ?? "nimkit.config.ts");
}

async function generateOnce(
  config: LoadedConfig,
  options: Options,
  write: boolean,
  terminal: Terminal,
): Promise<number> {
  const started = performance.now();
  const { diagnostics, plans } = await generate(config);
  if (diagnostics.length > 0) terminal.printError(formatDiagnostics(diagnostics, options.format));
  const errors = diagnostics.filter((item) => item.severity === "error").length;
  if (errors > 0) {
    if (options.format === "text")
      terminal.printError(`${errors === 1 ? "1 error" : `${errors} errors`}; nothing was written`);
    return FAILED;
  }
  const differences = await Promise.all(plans.map(comparePlan));
  const foreign = differences.flatMap(({ dir, foreign: paths }) => paths.map((path) => join(dir, path)));
  if (write && foreign.length > 0) {
    terminal.printError(
      `nimkit: not written by the generator, so not replaced: ${foreign.join(", ")}; move or delete it`,
    );
    return FAILED;
  }
  if (write) await Promise.all(plans.map((plan, index) => applyPlan(plan, differences[index])));
  const files = plans.reduce((sum, plan) => sum + plan.files.size, 0);
  const dirty = differences.some(({ stale, orphans }) => stale.length + orphans.length > 0);
  if (!options.silent) {
    for (const line of describe(differences, write)) terminal.print(line);
    terminal.print(summary(differences, write, files, performance.now() - started));
    if (dirty && !write) terminal.print("run `nimkit generate` to bring them up to date");
  }
  return dirty && !write ? STALE : CLEAN;
}

function describe(differences: readonly PlanDifference[], write: boolean): readonly string[] {
  return differences.flatMap(({ dir, stale, orphans }) => {
    const place = relative(process.cwd(), dir) || ".";
    return [
      ...stale.map((path) => `${write ? "wrote" : "stale"} ${place}/${path}`),
      ...orphans.map((path) => `${write ? "removed" : "orphan"} ${place}/${path}`),
    ];
  });
}

function summary(differences: readonly PlanDifference[], write: boolean, files: number, ms: number): string {
  const stale = differences.reduce((sum, item) => sum + item.stale.length, 0);
  const orphans = differences.reduce((sum, item) => sum + item.orphans.length, 0);
  const changes = write ? `${stale} written, ${orphans} removed` : `${stale} stale, ${orphans} orphans`;
  return `${files} files, ${changes}, ${Math.round(ms)} ms`;
}

if (import.meta.main) {
  process.exitCode = await run(process.argv.slice(2), {
    print: (line) => void process.stdout.write(`${line}\n`),
    printError: (line) => void process.stderr.write(`${line}\n`),
  });
}
