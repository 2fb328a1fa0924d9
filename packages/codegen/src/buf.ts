import { spawn } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";

import type { Diagnostic } from "./diagnostics/diagnostic.ts";

const require = createRequire(import.meta.url);

/** The schema does not compile; the findings say where. */
export class SchemaError extends Error {
  readonly diagnostics: readonly Diagnostic[];
  constructor(diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map((item) => item.message).join("\n"));
    this.name = "SchemaError";
    this.diagnostics = diagnostics;
  }
}

/** Compiles a folder of proto files into an image with source info. Throws {@link SchemaError}. */
export async function compileSchema(input: string, imageFile: string): Promise<void> {
  await runBuf(["build", input, "-o", imageFile, "--error-format", "json"]);
}

/** Runs protoc-gen-es over an image, leaving out the types of some packages, and reads what it wrote. */
export async function generateMessages(
  imageFile: string,
  outDir: string,
  excludePackages: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const plugin = join(dirname(require.resolve("@bufbuild/protoc-gen-es/package.json")), "bin/protoc-gen-es");
  const template = {
    version: "v2",
    plugins: [
      {
        local: [process.execPath, plugin],
        out: outDir,
        // Not one process per directory.
        strategy: "all",
        opt: ["target=ts", "import_extension=ts", "erasable_syntax=true"],
        include_imports: true,
      },
    ],
  };
  const excludes = excludePackages.flatMap((name) => ["--exclude-type", name]);
  await runBuf(["generate", imageFile, "--template", JSON.stringify(template), ...excludes]);
  return readTree(outDir);
}

async function readTree(dir: string): Promise<ReadonlyMap<string, string>> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const texts = await Promise.all(
    files.map(async (file) => [relative(dir, file).replaceAll("\\", "/"), await readFile(file, "utf8")] as const),
  );
  return new Map(texts.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Path of buf's own program: its npm wrapper would cost a start of Node each time. */
function bufBinary(): { command: string; args: readonly string[] } {
  const arch = process.platform === "linux" && process.arch === "arm64" ? "aarch64" : process.arch;
  const suffix = process.platform === "win32" ? ".exe" : "";
  try {
    return { command: require.resolve(`@bufbuild/buf-${process.platform}-${arch}/bin/buf${suffix}`), args: [] };
  } catch {
    return {
      command: process.execPath,
      args: [join(dirname(require.resolve("@bufbuild/buf/package.json")), "bin/buf")],
    };
  }
}

async function runBuf(args: readonly string[]): Promise<void> {
  const binary = bufBinary();
  const child = spawn(binary.command, [...binary.args, ...args], { stdio: ["ignore", "pipe", "pipe"] });
  const output: Buffer[] = [];
  child.stdout.on("data", (chunk: Buffer) => output.push(chunk));
  child.stderr.on("data", (chunk: Buffer) => output.push(chunk));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  if (code !== 0) throw new SchemaError(parseBufErrors(Buffer.concat(output).toString("utf8"), args[0] ?? ""));
}

/** Reads buf's findings: a JSON object a line, or plain text when buf could not even start. */
function parseBufErrors(output: string, command: string): readonly Diagnostic[] {
  const lines = output.split("\n").filter((line) => line.trim() !== "");
  return lines.map((line): Diagnostic => {
    const finding = line.startsWith("{") ? readFinding(line) : undefined;
    return {
      code: "NK001",
      severity: "error",
      source: {
        file: finding?.path ?? "",
        line: finding?.start_line ?? 1,
        column: finding?.start_column ?? 1,
      },
      message: finding?.message ?? `buf ${command}: ${line}`,
      fix: "Make the schema compile; `npx buf build` shows the same findings.",
    };
  });
}

interface BufFinding {
  readonly path?: string;
  readonly start_line?: number;
  readonly start_column?: number;
  readonly message?: string;
}

function readFinding(line: string): BufFinding | undefined {
  try {
    const value: BufFinding = JSON.parse(line);
    return value;
  } catch {
    return undefined;
  }
}
