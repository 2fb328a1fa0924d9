import { defineConfig } from "vitest/config";

// One run for everything. The browser project is in vitest.browser.config.ts.
export default defineConfig({
  test: {
    projects: [
      {
        resolve: { conditions: ["source", "module", "import", "default"] },
        ssr: { resolve: { conditions: ["source", "module", "import", "node", "default"] } },
        test: {
          name: "node",
          environment: "node",
          include: ["packages/*/test/**/*.test.ts", "apps/*/test/**/*.test.ts", "test/**/*.test.ts"],
          exclude: ["**/*.browser.test.ts", "**/node_modules/**"],
          testTimeout: 30_000,
        },
      },
      "./vitest.browser.config.ts",
    ],
  },
});
