import { defineConfig } from "./packages/codegen/src/config.ts";

export default defineConfig({
  input: "proto",
  prefix: "Nim",
  outputs: [
    {
      dir: "packages/sdk/src/gen",
      packages: ["nim.v1"],
      emit: ["messages", "client", "events", "errors", "module", "enums"],
      links: { callOptions: { name: "NimCallOptions", from: "../client/call-options.ts" } },
    },
    {
      dir: "packages/server-mock/src/gen",
      packages: ["nim.v1"],
      emit: ["service", "msw", "image"],
      links: {
        messages: "@nimkit/sdk/protocol",
        enums: "@nimkit/sdk/protocol/enums",
        client: "@nimkit/sdk",
        dispatch: "../services/dispatch.ts",
        overrides: "../msw/override.ts",
      },
    },
  ],
});
