import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { compileModel } from "../src/generate.ts";
import { compareWithFacts } from "./facts/compare.ts";
import { errata } from "./facts/errata.ts";
import { moduleFacts } from "./facts/facts.ts";

const { model } = await compileModel(resolve(import.meta.dirname, "../../../proto"), join(mkdtempSync(join(tmpdir(), "x-")), "image.binpb"));

test("x", () => {
  const r = compareWithFacts(model, moduleFacts, errata);
  console.log(r.problems.join("\n"), r.entries, r.parameters, r.resultFields);
});
