import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { createWorkspace, write } from "./workspace.ts";

test("a configuration spreads packages over folders, which find each other's messages", async () => {
  const root = dirname(createWorkspace("generic").input);
  const config = join(root, "nimkit.config.ts");
  write(
    config,
    `export default {
  input: "proto",
  prefix: "Old",
  outputs: [
    { dir: "one", packages: ["shop.v1"], emit: ["messages", "client", "enums"] },
    { dir: "two", packages: ["shop.v2"], emit: ["messages"], importFrom: { "shop.v1": "@shop/one" } },
    { dir: "three", packages: ["shop.v1"], emit: ["service"], links: { messages: "@shop/one", enums: "@shop/enums", client: "@shop/client", dispatch: "../dispatch.ts" } },
  ],
};
`,
  );
  const workspace = createWorkspace({});
  expect(await workspace.nimkit("generate", "--config", config)).toMatchObject({ code: 0, err: "" });
  expect(await workspace.nimkit("check", "--config", config)).toMatchObject({ code: 0 });
  const read = (path: string): string => readFileSync(join(root, path), "utf8");
  expect(read("one/client.ts")).toContain("export interface OldApi {");
  expect(read("one/client.ts")).not.toContain("shop/v2");
  expect(read("two/shop/v2/shop_pb.ts")).toContain('from "@shop/one";');
  expect(read("two/shop/v2/shop_pb.ts")).not.toContain("v1/shop_pb");
  expect(read("three/commands.ts")).toContain('from "@shop/enums";');
  expect(read("three/bindings.ts")).toContain('import type { Dispatch } from "../dispatch.ts";');
  expect(read("three/bindings.ts")).toContain('import type { OldServiceImpls } from "@shop/client";');
});
