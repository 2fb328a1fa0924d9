import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { Project, ts } from "ts-morph";
import { onTestFinished } from "vitest";
import { run } from "../src/cli.ts";

const PROTO = resolve(import.meta.dirname, "../../../proto");
const FIXTURES = join(import.meta.dirname, "fixtures");

/** A temporary folder with a schema and a place for what is generated from it. */
export interface Workspace {
  readonly input: string;
  readonly output: string;
  /** Changes a proto file. */
  edit(path: string, change: (text: string) => string): void;
  /** Runs the command line. */
  nimkit(...args: string[]): Promise<{ readonly code: number; readonly out: string; readonly err: string }>;
  /** Generated files, by path. */
  files(): ReadonlyMap<string, string>;
}

/** A workspace with one of the fixtures, or with the files given; options and rules are there to import. */
export function createWorkspace(schema: string | Readonly<Record<string, string>>): Workspace {
  const root = mkdtempSync(join(tmpdir(), "nimkit-test-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const input = join(root, "proto");
  const output = join(root, "gen");
  if (typeof schema === "string") cpSync(join(FIXTURES, schema), input, { recursive: true });
  else for (const [path, text] of Object.entries(schema)) write(join(input, path), text);
  cpSync(join(PROTO, "nimkit/options"), join(input, "nimkit/options"), { recursive: true });
  cpSync(join(PROTO, "third_party/buf"), join(input, "buf"), { recursive: true });
  return {
    input,
    output,
    edit(path, change) {
      const before = readFileSync(join(input, path), "utf8");
      const after = change(before);
      if (after === before) throw new Error(`the change of ${path} changed nothing`);
      writeFileSync(join(input, path), after);
    },
    async nimkit(...args) {
      const out: string[] = [];
      const err: string[] = [];
      const places = args.includes("--config") ? [] : ["--input", input, "--output", output];
      const code = await run([...args, ...places], {
        print: (line) => void out.push(line),
        printError: (line) => void err.push(line),
      });
      return { code, out: out.join("\n"), err: err.join("\n") };
    },
    files: () => readTree(output),
  };
}

/** Writes a file and the folders above it. */
export function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function readTree(dir: string): ReadonlyMap<string, string> {
  if (!existsSync(dir)) return new Map();
  const paths = readdirSync(dir, { recursive: true, encoding: "utf8" }).map((path) => join(dir, path));
  const files = paths.filter((path) => statSync(path).isFile()).sort();
  return new Map(files.map((path) => [relative(dir, path), readFileSync(path, "utf8")]));
}

/** What the compiler says about generated files, under the strictest settings; they stand where packages are found. */
export function compile(files: ReadonlyMap<string, string>): readonly string[] {
  const project = new Project({
    compilerOptions: {
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      noImplicitOverride: true,
      noUnusedLocals: true,
      verbatimModuleSyntax: true,
      isolatedModules: true,
      erasableSyntaxOnly: true,
      allowImportingTsExtensions: true,
      noEmit: true,
      skipLibCheck: true,
      types: [],
      target: ts.ScriptTarget.ES2022,
      lib: ["lib.es2023.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
    },
  });
  for (const [path, text] of files) {
    if (path.endsWith(".ts")) project.createSourceFile(join(import.meta.dirname, "virtual", path), text);
  }
  return project.getPreEmitDiagnostics().map((diagnostic) => {
    const text = ts.flattenDiagnosticMessageText(diagnostic.compilerObject.messageText, "\n");
    return `${diagnostic.getSourceFile()?.getFilePath() ?? ""}:${diagnostic.getLineNumber() ?? 0}: ${text}`;
  });
}
