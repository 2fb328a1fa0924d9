// Everything that CI checks, in one command. Ends with a line "N passed, N failed".
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureChromium } from "./ensure-tools.ts";

interface Step {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
}

const report = join(mkdtempSync(join(tmpdir(), "nimkit-test-")), "report.json");
const steps: readonly Step[] = [
  { name: "generated code is up to date", command: ["npm", "run", "--silent", "check"] },
  { name: "lint and format", command: ["npx", "biome", "check", "--error-on-warnings"] },
  { name: "types", command: ["npx", "tsc", "--project", "tsconfig.json"] },
  { name: "build", command: ["npm", "run", "--silent", "build"] },
];
const env = { ...process.env, TURBO_TELEMETRY_DISABLED: "1", CHROMIUM_PATH: ensureChromium() };

let passed = 0;
let failed = 0;
const started = performance.now();
for (const step of steps) {
  const begin = performance.now();
  const [command, ...args] = step.command;
  const run = spawnSync(command, args, { stdio: ["ignore", "pipe", "pipe"], encoding: "utf8", env });
  const seconds = ((performance.now() - begin) / 1000).toFixed(1);
  if (run.status === 0) {
    passed += 1;
    console.log(`ok      ${step.name} (${seconds} s)`);
  } else {
    failed += 1;
    console.log(`FAILED  ${step.name} (${seconds} s)\n${run.stdout}${run.stderr}`);
  }
}

const vitest = spawnSync(
  "npx",
  ["vitest", "run", "--reporter=default", "--reporter=json", `--outputFile.json=${report}`, ...process.argv.slice(2)],
  { stdio: ["ignore", "inherit", "inherit"], env },
);
try {
  const counts = JSON.parse(readFileSync(report, "utf8")) as {
    numPassedTests: number;
    numFailedTests: number;
    numFailedTestSuites: number;
  };
  passed += counts.numPassedTests;
  failed += Math.max(counts.numFailedTests, counts.numFailedTestSuites > 0 ? 1 : 0);
} catch {
  failed += 1;
}
if (vitest.status !== 0 && failed === 0) failed = 1;
rmSync(join(report, ".."), { recursive: true, force: true });
console.log(`\n${((performance.now() - started) / 1000).toFixed(0)} s`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
