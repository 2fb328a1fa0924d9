#!/usr/bin/env node
import { relative } from "node:path";
import { parseArgs } from "node:util";

import { flatConfig, type LoadedConfig, loadConfig } from "./config.ts";
import { type DiagnosticFormat, formatDiagnostics } from "./diagnostics/diagnostic.ts";
import { generate } from "./generate.ts";
import { watchInput } from "./watch.ts";
import { applyPlan, comparePlan } from "./write-plan.ts";

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

/** Runs the command line and gives the exit code. */
export async function run(
  argv: readonly string[],
  print: (line: string) => void,
  printError: (line: string) => void,
): Promise<number> {
  try {
    const { command, options, help } = readArguments(argv);
    if (help) {
      print(USAGE);
      return CLEAN;
    }
    if (command === "generate") return await generateOnce(await configOf(options), options, true, print, printError);
    if (command === "check") return await generateOnce(await configOf(options), options, false, print, printError);
    if (command === "watch") {
      const { root, config } = await configOf(options);
      await watchInput({
        root,
        config,
        run: async () => void (await generateOnce({ root, config }, options, true, print, printError)),
      });
      return CLEAN;
    }
    printError(command === undefined ? USAGE : `unknown command ${command}\n\n${USAGE}`);
    return FAILED;
  } catch (error) {
    printError(`nimkit: ${error instanceof Error ? error.message : String(error)}`);
    return FAILED;
  }
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
  print: (line: string) => void,
  printError: (line: string) => void,
): Promise<number> {
  const started = performance.now();
  const { diagnostics, plans } = await generate(config);
  if (diagnostics.length > 0) printError(formatDiagnostics(diagnostics, options.format));
  const errors = diagnostics.filter((item) => item.severity === "error").length;
  if (errors > 0) {
    if (options.format === "text") printError(`${errors} errors; nothing was written`);
    return FAILED;
  }
  let files = 0;
  let stale = 0;
  let orphans = 0;
  for (const plan of plans) {
    const difference = await comparePlan(plan);
    files += plan.files.size;
    stale += difference.stale.length;
    orphans += difference.orphans.length;
    if (write) await applyPlan(plan, difference);
    if (options.silent) continue;
    const place = relative(process.cwd(), plan.dir) || ".";
    for (const path of difference.stale) print(`${write ? "wrote" : "stale"} ${place}/${path}`);
    for (const path of difference.orphans) print(`${write ? "removed" : "orphan"} ${place}/${path}`);
  }
  const ms = Math.round(performance.now() - started);
  if (!options.silent)
    print(
      `${files} files, ${stale} ${write ? "written" : "stale"}, ${orphans} ${write ? "removed" : "orphans"}, ${ms} ms`,
    );
  if (write || stale + orphans === 0) return CLEAN;
  if (!options.silent) print("run `nimkit generate` to bring them up to date");
  return STALE;
}

if (import.meta.main) {
  process.exitCode = await run(
    process.argv.slice(2),
    (line) => process.stdout.write(`${line}\n`),
    (line) => process.stderr.write(`${line}\n`),
  );
}
