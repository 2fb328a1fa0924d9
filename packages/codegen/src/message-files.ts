import { posix } from "node:path";

import type { OutputConfig } from "./config.ts";
import type { ApiModel } from "./model/api-model.ts";
import { messageFile } from "./names.ts";

const IMPORT = /^((?:im|ex)port .* from )"(\.{1,2}\/[^"]+_pb\.ts)";$/gm;

/**
 * The files of protoc-gen-es that belong into an output. Imports of packages that another output holds are led there.
 * `packages` gives the package of every proto file, named without `.proto`.
 */
export function ownMessageFiles(
  messages: ReadonlyMap<string, string>,
  packages: ReadonlyMap<string, string>,
  model: ApiModel,
  output: OutputConfig,
): ReadonlyMap<string, string> {
  const wanted = new Set(output.packages ?? model.packages);
  const packageOf = new Map([...packages].map(([file, name]) => [messageFile(file), name]));
  const result = new Map<string, string>();
  for (const [path, text] of messages) {
    if (!wanted.has(packageOf.get(path) ?? "")) continue;
    const redirected = text.replace(IMPORT, (line: string, head: string, specifier: string) => {
      const target = output.importFrom?.[packageOf.get(posix.join(posix.dirname(path), specifier)) ?? ""];
      return target === undefined ? line : `${head}"${target}";`;
    });
    result.set(path, redirected);
  }
  return result;
}
