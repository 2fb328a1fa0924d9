import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createWorkspace, type Workspace } from "./workspace.ts";

/** Lines that a change of the schema adds, by file; fails if any line goes. Messages and the manifest aside. */
async function addedLines(
  workspace: Workspace,
  change: (text: string) => string,
): Promise<Readonly<Record<string, readonly string[]>>> {
  expect((await workspace.nimkit("generate")).code).toBe(0);
  const before = workspace.files();
  workspace.edit("chat/v1/chat.proto", change);
  expect((await workspace.nimkit("check")).code).toBe(1);
  expect((await workspace.nimkit("generate")).code).toBe(0);
  const added: Record<string, readonly string[]> = {};
  for (const [path, text] of workspace.files()) {
    if (path.endsWith("_pb.ts") || path.endsWith(".json")) continue;
    const old = before.get(path)?.split("\n") ?? [];
    const rest = [...old];
    const fresh = text.split("\n").filter((line) => {
      const index = rest.indexOf(line);
      if (index >= 0) rest.splice(index, 1);
      return index < 0;
    });
    expect({ path, rest }).toEqual({ path, rest: [] });
    if (fresh.length > 0) added[path] = fresh.map((line) => line.trim());
  }
  return added;
}

test("a new field appears in the plain types and in the callback module, and nowhere else", async () => {
  const field =
    '  // Language of the line.\n  string lang = 9 [(nimkit.options.v1.field) = {\n    name: "language"\n    zh: "语言"\n  }];\n';
  const added = await addedLines(createWorkspace("chat"), (text) =>
    text.replace("message SayRequest {\n", `message SayRequest {\n${field}`),
  );
  expect(added).toEqual({
    "commands.ts": ["/** Language of the line. */", "readonly lang?: string;"],
    "module-types.ts": ["/** Language of the line. */", "language?: string;"],
    "module-table.ts": ['lang: { name: "language" },'],
  });
});

test("a new rpc appears in client, bindings, tables and module", async () => {
  const rpc =
    '  // Leaves a room.\n  rpc Leave(LeaveRequest) returns (LeaveResponse) {\n    option (nimkit.options.v1.method) = {\n      name: "leaveIt"\n      since: "2.0.0"\n      errors: [7]\n      zh: "离开"\n    };\n  }\n';
  const added = await addedLines(
    createWorkspace("chat"),
    (text) =>
      `${text.replace("  // Whether the caller", `${rpc}\n  // Whether the caller`)}\nmessage LeaveRequest {}\nmessage LeaveResponse {}\n`,
  );
  expect(Object.keys(added)).toEqual([
    "bindings.ts",
    "client.ts",
    "commands.ts",
    "errors.ts",
    "module-table.ts",
    "module-types.ts",
    "rpcs.ts",
  ]);
  expect(added["bindings.ts"]).toEqual([
    'leave: (request, context) => dispatch.unary("chat.leave", request, context),',
  ]);
  expect(added["client.ts"]).toEqual([
    "LeaveRequestSchema,",
    "LeaveResponse,",
    "/**",
    "* Leaves a room.",
    "*",
    "* @throws an error with one of the codes 7 (CLOSED)",
    "*/",
    "leave(request: MessageInitShape<typeof LeaveRequestSchema>, options?: CallOptions): Promise<LeaveResponse>;",
  ]);
  expect(added["errors.ts"]).toEqual(['"chat.leave": [7],']);
  expect(added["module-table.ts"]).toEqual([
    '{ name: "leaveIt", kind: "callback", since: "2.0.0", target: "chat.leave", status: true },',
  ]);
});

test("a hand-written file in the way is never replaced", async () => {
  const workspace = createWorkspace("chat");
  mkdirSync(workspace.output, { recursive: true });
  const file = join(workspace.output, "client.ts");
  writeFileSync(file, "// precious\n");
  const run = await workspace.nimkit("generate");
  expect([run.code, run.err]).toEqual([2, expect.stringContaining("client.ts")]);
  expect([readFileSync(file, "utf8"), workspace.files().size]).toEqual(["// precious\n", 1]);
});
