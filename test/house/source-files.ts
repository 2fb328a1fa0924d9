// Reads the workspace's sources for the tests about the house.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import ts from "typescript";

export const root = resolve(import.meta.dirname, "../..");

export interface SourceFile {
  /** Path from the root of the repository. */
  readonly path: string;
  readonly text: string;
  /** Module specifiers, in order. */
  readonly imports: readonly string[];
}

/** Paths that git knows or would add: tracked and new files, without ignored ones. */
export function listFiles(): string[] {
  return execFileSync("git", ["ls-files", "-co", "--exclude-standard", "--deduplicate"], {
    cwd: root,
    encoding: "utf8",
  })
    .split("\n")
    .filter(Boolean);
}

export function readSource(path: string): SourceFile {
  const text = readFileSync(join(root, path), "utf8");
  return { path, text, imports: ts.preProcessFile(text, true, true).importedFiles.map((file) => file.fileName) };
}

/** A relative specifier as a path from the root; any other one unchanged. */
export function resolveSpecifier(from: string, specifier: string): string {
  return specifier.startsWith(".") ? relative(root, resolve(root, dirname(from), specifier)) : specifier;
}

export const isCode = (path: string) => /\.(ts|mts|vue)$/.test(path) && !path.endsWith(".d.ts");
export const isGenerated = (path: string) => path.includes("/gen/");
export const isTest = (path: string) => /(^|\/)test\//.test(path);
