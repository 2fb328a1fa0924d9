// Writes the coverage page and the JSON schema of scenario files. Run after a change of a scenario: npm run coverage
import { execFileSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { writtenFiles } from "./scenario-files.ts";

for (const { path, text } of writtenFiles()) {
  writeFileSync(path, text);
  if (path.endsWith(".json")) execFileSync("npx", ["biome", "format", "--write", path], { stdio: "ignore" });
}
