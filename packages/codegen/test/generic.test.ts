import { expect, test } from "vitest";
import { compile, createWorkspace } from "./workspace.ts";

test("any valid schema gives code that compiles under strict TypeScript", async () => {
  const workspace = createWorkspace("generic");
  const { code, err } = await workspace.nimkit("generate", "--prefix", "Shop");
  expect({ code, err }).toEqual({ code: 0, err: "" });
  const files = workspace.files();
  expect(compile(files)).toEqual([]);
  // Events, errors and the callback module come from options, which this schema does not have.
  expect([...files.keys()].filter((path) => !path.endsWith("_pb.ts"))).toEqual([
    ".nimkit-generated.json",
    "bindings.ts",
    "client.ts",
    "commands.ts",
    "enums.ts",
    "rpcs.ts",
  ]);
  const client = files.get("client.ts") ?? "";
  expect(client).toContain("shopV1OrderService: OrderService,");
  expect(client).toContain("shopV2OrderService: OrderService$1,");
  expect(client).toContain(
    "wait(request: MessageInitShape<typeof PromiseSchema>, options?: CallOptions): Promise<Record$1>;",
  );
  expect(client).toContain("upload(request: AsyncIterable<MessageInitShape<typeof ChunkSchema>>");
  expect(client).toContain("export function createShopClient(transport: Transport): ShopApi {");
});

test("an annotated schema compiles too, with hand-written parts left out", async () => {
  const workspace = createWorkspace("chat");
  expect(await workspace.nimkit("generate")).toMatchObject({ code: 0, err: "" });
  const files = workspace.files();
  expect(compile(files)).toEqual([]);
  expect([...files.keys()]).toContain("module-table.ts");
  expect([...files.keys()]).not.toContain("buf/validate/validate_pb.ts");
  expect(files.get("chat/v1/chat_pb.ts")).not.toContain("nimkit/options");
});
