import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";
import { nimkitMockWorker } from "./packages/server-mock/src/vite.ts";
import { CHROMIUM_FLAGS, ensureChromium } from "./scripts/ensure-tools.ts";

export default defineConfig({
  plugins: [nimkitMockWorker()],
  resolve: { conditions: ["source", "module", "browser", "import", "default"] },
  // Named, so that Vite does not find them one by one and reload a running test.
  optimizeDeps: {
    include: [
      "@bufbuild/protobuf",
      "@bufbuild/protobuf/codegenv2",
      "@bufbuild/protobuf/reflect",
      "@bufbuild/protobuf/wire",
      "@bufbuild/protobuf/wkt",
      "@bufbuild/protovalidate",
      "@connectrpc/connect",
      "@connectrpc/connect-web",
      "@connectrpc/connect/protocol",
      "@connectrpc/connect/protocol-connect",
      "@mswjs/interceptors/fetch/web",
      "@noble/hashes/hmac.js",
      "@noble/hashes/legacy.js",
      "@noble/hashes/sha2.js",
      "@noble/hashes/utils.js",
      "content-disposition",
      "image-size",
      "mediabunny",
      "msw/browser",
      "msw/http",
      "msw/experimental",
      "range-parser",
    ],
  },
  test: {
    name: "browser",
    include: ["packages/*/test/**/*.browser.test.ts"],
    testTimeout: 30_000,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      instances: [{ browser: "chromium" }],
      provider: playwright({ launchOptions: { executablePath: ensureChromium(), args: [...CHROMIUM_FLAGS] } }),
    },
  },
});
