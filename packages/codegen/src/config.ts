import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { pathToFileURL } from "node:url";

import type { Links } from "./print/output.ts";

/** What can be generated. `messages` are the files of protoc-gen-es, with a module that exports them all. */
export type EmitterName =
  | "messages"
  | "client"
  | "events"
  | "errors"
  | "module"
  | "enums"
  | "service"
  | "msw"
  | "image";

/** One folder of generated files. */
export interface OutputConfig {
  /** Folder, relative to the config file. The generator owns it. */
  readonly dir: string;
  /** What to write into it. Default: all that needs no hand-written code. */
  readonly emit?: readonly EmitterName[];
  /** Packages to write. Default: all packages of the input that do not only describe other schemas. */
  readonly packages?: readonly string[];
  /** Where generated files find what another folder holds. */
  readonly links?: Links;
  /** For messages of packages that another output holds: the module to import them from, by package. */
  readonly importFrom?: Readonly<Record<string, string>>;
}

/** What `nimkit.config.ts` exports. */
export interface NimkitConfig {
  /** Folder of proto files, relative to the config file. */
  readonly input: string;
  /** Prefix of names such as `NimApi`. Default: the first part of the package. */
  readonly prefix?: string;
  readonly outputs: readonly OutputConfig[];
}

/** A configuration and the folder that its paths are relative to. */
export interface LoadedConfig {
  readonly root: string;
  readonly config: NimkitConfig;
}

/** Everything that generated code can do without hand-written code beside it. */
export const DEFAULT_EMITTERS: readonly EmitterName[] = [
  "messages",
  "client",
  "events",
  "errors",
  "module",
  "enums",
  "service",
];

/** Gives a configuration its type. */
export function defineConfig(config: NimkitConfig): NimkitConfig {
  return config;
}

/** The configuration for one input and one output folder. */
export function flatConfig(input: string, output: string, prefix?: string): LoadedConfig {
  return {
    root: process.cwd(),
    config: { input, outputs: [{ dir: output }], ...(prefix === undefined ? {} : { prefix }) },
  };
}

/** Loads a configuration file. Throws if there is none or if it exports no configuration. */
export async function loadConfig(path: string): Promise<LoadedConfig> {
  const file = resolve(path);
  if (!existsSync(file)) throw new Error(`${path} does not exist; create it, or pass --input DIR and --output DIR`);
  const loaded: { default?: NimkitConfig } = await import(pathToFileURL(file).href);
  const config = loaded.default;
  if (!config || typeof config.input !== "string" || !Array.isArray(config.outputs)) {
    throw new Error(`${path} has no configuration as its default export; export defineConfig({ input, outputs })`);
  }
  return { root: dirname(file), config };
}
