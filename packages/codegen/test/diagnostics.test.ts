import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createWorkspace } from "./workspace.ts";

interface Finding {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly severity: string;
  readonly code: string;
  readonly message: string;
  readonly fix: string;
}

function readFindings(text: string): readonly Finding[] {
  return text.split("\n").map((line): Finding => JSON.parse(line));
}

test("every finding points at its line of the schema, and nothing is written", async () => {
  const workspace = createWorkspace("broken");
  const path = "broken/v1/broken.proto";
  const lines = readFileSync(join(workspace.input, path), "utf8").split("\n");
  const wanted = lines.flatMap((line, index) => {
    const codes = /\/\/ (NK\d{3}(?: NK\d{3})*)$/.exec(line)?.[1]?.split(" ") ?? [];
    return codes.map((code) => `${index + 1} ${code}`);
  });
  const { code, err } = await workspace.nimkit("generate", "--format", "json");
  const findings = readFindings(err);
  expect(findings.map((finding) => `${finding.line} ${finding.code}`)).toEqual(wanted);
  expect(code).toBe(2);
  expect(workspace.files().size).toBe(0);
  for (const finding of findings) {
    expect(finding).toMatchObject({
      severity: "error",
      message: expect.stringMatching(/\.$/),
      fix: expect.stringMatching(/\.$/),
    });
    expect(finding.file.endsWith(path)).toBe(true);
  }
  expect(findings[0]).toMatchObject({ column: 1, message: "broken.v1.BrokenService has no Chinese text." });
});

test("findings can be text for people and annotations for a pull request", async () => {
  const workspace = createWorkspace("chat");
  workspace.edit("chat/v1/chat.proto", (text) => text.replace('events: ["said"]', 'events: ["shouted"]'));
  const text = await workspace.nimkit("check");
  expect(text.err).toMatch(
    /chat\/v1\/chat\.proto:14:3: error NK402: chat\.say: shouted is not an event of the schema\.\n {2}Name an arm .*\(said, room_closed\)\.\n1 error; nothing was written$/,
  );
  const annotations = await workspace.nimkit("check", "--format", "github-actions");
  expect(annotations.err).toMatch(/^::error file=.*chat\.proto,line=14,col=3,title=NK402::chat\.say: shouted/);
});

test("a schema that does not compile fails with the compiler's place and message", async () => {
  const workspace = createWorkspace("chat");
  workspace.edit("chat/v1/chat.proto", (text) =>
    text.replace("message Line {", "message Line {\n  Nothing nothing = 9;"),
  );
  const { code, err } = await workspace.nimkit("generate", "--format", "json");
  expect(code).toBe(2);
  const [finding] = readFindings(err);
  expect(finding).toMatchObject({ code: "NK001", line: 107, column: 3, message: expect.stringContaining("Nothing") });
  expect(finding?.file.endsWith("chat/v1/chat.proto")).toBe(true);
  expect(workspace.files().size).toBe(0);
});

test("wrong arguments and a missing configuration say what to do", async () => {
  const workspace = createWorkspace({});
  expect(await workspace.nimkit("generate", "--config", "missing.config.ts")).toMatchObject({
    code: 2,
    err: expect.stringContaining("pass --input DIR and --output DIR"),
  });
  expect(await workspace.nimkit("check", "--format", "xml")).toMatchObject({
    code: 2,
    err: expect.stringContaining("github-actions"),
  });
  expect(await workspace.nimkit("frobnicate")).toMatchObject({
    code: 2,
    err: expect.stringContaining("unknown command frobnicate"),
  });
});
