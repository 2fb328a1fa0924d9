// The arrows of ARCHITECTURE.md: who may import whom.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { isCode, isTest, listFiles, readSource, resolveSpecifier, root, type SourceFile } from "./source-files.ts";

const sources = listFiles()
  .filter(
    (path) =>
      /^(packages|apps)\/[^/]+\/src\//.test(path) && isCode(path) && !isTest(path) && existsSync(join(root, path)),
  )
  .map(readSource);

const inFolder = (folder: string) => sources.filter((source) => source.path.startsWith(folder));
const offences = (files: readonly SourceFile[], isAllowed: (target: string, file: SourceFile) => boolean) =>
  files.flatMap((file) =>
    file.imports
      .filter((specifier) => !isAllowed(resolveSpecifier(file.path, specifier), file))
      .map((specifier) => `${file.path} -> ${specifier}`),
  );

/** Every file that a file reaches by imports inside its package. */
function reach(entry: string): SourceFile[] {
  const byPath = new Map(sources.map((source) => [source.path, source]));
  const seen = new Set<string>();
  const queue = [entry];
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    const source = byPath.get(path);
    if (!source || seen.has(path)) continue;
    seen.add(path);
    queue.push(...source.imports.map((specifier) => resolveSpecifier(source.path, specifier)));
  }
  return [...seen].flatMap((path) => byPath.get(path) ?? []);
}

describe("packages", () => {
  test("a relative import stays inside its package", () => {
    const home = (path: string) => path.split("/").slice(0, 2).join("/");
    const wrong = offences(
      sources,
      (target, file) =>
        !target.includes("/") || !/^(packages|apps|\.\.)\//.test(target) || home(target) === home(file.path),
    );
    expect(wrong).toEqual([]);
  });

  test.each([
    ["packages/sdk/src/", /^@nimkit\//],
    ["packages/server-mock/src/", /^@nimkit\/(?!sdk(\/|$))/],
    ["packages/codegen/src/", /^@nimkit\//],
    ["apps/docs/src/", /^@nimkit\/(?!sdk(\/|$)|server-mock(\/|$))/],
  ])("%s imports nothing from above", (folder, forbidden) => {
    expect(offences(inFolder(folder), (target) => !forbidden.test(target))).toEqual([]);
  });

  test("generated protocol files import only the protobuf runtime", () => {
    const wrong = offences(
      inFolder("packages/sdk/src/gen/nim/"),
      (target) => target.startsWith("packages/sdk/src/gen/nim/") || target.startsWith("@bufbuild/protobuf"),
    );
    expect(wrong).toEqual([]);
  });
});

describe("the SDK in a browser", () => {
  test.each(["index.ts", "module.ts", "protocol.ts", "apicloud.ts"])("%s reaches nothing of Node", (entry) => {
    const reached = reach(`packages/sdk/src/${entry}`);
    expect(reached.length).toBeGreaterThan(0);
    expect(offences(reached, (target) => !target.startsWith("node:") && target !== "@connectrpc/connect-node")).toEqual(
      [],
    );
  });
});

describe("the engine", () => {
  const engine = inFolder("packages/server-mock/src/engine/");
  const imports = (file: SourceFile) =>
    [...file.text.matchAll(/^(import|export)\s(type\s)?[^;]*?from\s+"([^"]+)"/gms)].map((match) => ({
      type: match[2] !== undefined,
      from: match[3] ?? "",
    }));

  test("imports its own files, types, and the generated enums", () => {
    expect(engine.length).toBeGreaterThan(5);
    const wrong = engine.flatMap((file) =>
      imports(file)
        .filter(
          ({ type, from }) =>
            !type &&
            from !== "@nimkit/sdk/protocol/enums" &&
            !resolveSpecifier(file.path, from).startsWith("packages/server-mock/src/engine/"),
        )
        .filter(({ from }) => !/^\.\.\/(\.\.\/)?gen\/rpcs\.ts$/.test(from))
        .map(({ from }) => `${file.path} -> ${from}`),
    );
    expect(wrong).toEqual([]);
  });

  test("knows no ambient time, randomness or timer, and never waits", () => {
    const ambient =
      /\b(Date\b|Math\.random|crypto\b|setTimeout|setInterval|queueMicrotask|performance\b|process\b|fetch\(|await\b|async\b|Promise\b)/;
    const code = (text: string) =>
      text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "").replace(/(["'`])(?:\\.|(?!\1).)*\1/g, '""');
    expect(
      engine
        .filter((file) => ambient.test(code(file.text)))
        .map((file) => `${file.path}: ${code(file.text).match(ambient)?.[0]}`),
    ).toEqual([]);
  });
});
