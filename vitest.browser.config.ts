import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";
import { nimkitMockWorker } from "./packages/server-mock/src/vite.ts";
import { ensureChromium } from "./scripts/ensure-tools.ts";

// Without these Chromium looks for hosts outside, which tests must not.
const OFFLINE = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export default defineConfig({
  plugins: [nimkitMockWorker()],
  resolve: { conditions: ["source", "module", "browser", "import", "default"] },
  test: {
    name: "browser",
    include: ["packages/*/test/**/*.browser.test.ts"],
    testTimeout: 30_000,
    browser: {
      enabled: true,
      headless: true,
      screenshotFailures: false,
      instances: [{ browser: "chromium" }],
      provider: playwright({ launchOptions: { executablePath: ensureChromium(), args: OFFLINE } }),
    },
  },
});
