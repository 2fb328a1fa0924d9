import { Project, type SyntaxKind } from "ts-morph";
import { expect, test } from "vitest";
import { compile, createWorkspace } from "./workspace.ts";

const HOSTILE = [
  "*/ import 'evil'; export const evil = eval('1'); /*",
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it must stay one.
  "${process.exit(1)} `backtick` \\u002a/ \\",
  "line\u2028separator\u2029 and <script>alert(1)</script>",
  "@throws {@link x} */",
  ["@ts", "ignore"].join("-"),
];

/** The kinds of all nodes of a file in order: comments are not nodes. */
function shape(text: string): readonly SyntaxKind[] {
  const source = new Project({ useInMemoryFileSystem: true, compilerOptions: { noLib: true } }).createSourceFile(
    "file.ts",
    text,
  );
  const kinds: SyntaxKind[] = [];
  source.forEachDescendant((node, traversal) => {
    if (node.getKindName().startsWith("JSDoc")) traversal.skip();
    else kinds.push(node.getKind());
  });
  return kinds;
}

test("comments and texts of a schema cannot break out into code", async () => {
  const neutral = createWorkspace("chat");
  const hostile = createWorkspace("chat");
  hostile.edit("chat/v1/chat.proto", (text) =>
    text
      .replace(/^( *)\/\/ .*$/gm, (_, indent: string) => HOSTILE.map((line) => `${indent}// ${line}`).join("\n"))
      .replace(/zh: ".*"/g, `zh: ${JSON.stringify(`'"\`*/ \${x} \u2028 </script>`)}`),
  );
  await Promise.all([neutral.nimkit("generate"), hostile.nimkit("generate")]);
  const files = hostile.files();
  const plain = neutral.files();
  expect([...files.keys()]).toEqual([...plain.keys()]);
  for (const [path, text] of files) {
    if (!path.endsWith(".ts")) continue;
    expect({ path, shape: shape(text) }).toEqual({ path, shape: shape(plain.get(path) ?? "") });
    expect(/[\u2028\u2029]/.test(path.endsWith("_pb.ts") ? "" : text)).toBe(false);
  }
  expect(files.get("client.ts")).toContain("*\\/ import 'evil'");
  expect(compile(files)).toEqual([]);
});
