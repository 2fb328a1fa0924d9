// Style that matters: what a newcomer meets first.
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { isCode, isGenerated, isTest, listFiles, root } from "./source-files.ts";

/** A hand-written source file longer than this holds two jobs. */
const MAX_LINES = 300;

const files = listFiles().filter((path) => statSync(join(root, path), { throwIfNoEntry: false })?.isFile());
const text = (path: string) => readFileSync(join(root, path), "utf8");
const handWritten = files.filter((path) => isCode(path) && !isGenerated(path));

test("no folder is named after nothing", () => {
  expect(files.filter((path) => /(^|\/)(utils?|helpers?|common|misc|shared|experimental)\//.test(path))).toEqual([]);
});

test("hand-written sources stay short", () => {
  const long = handWritten
    .filter((path) => !isTest(path))
    .map((path) => [path, text(path).split("\n").length] as const);
  expect(long.filter(([, lines]) => lines > MAX_LINES)).toEqual([]);
});

test("nothing is switched off or left for later", () => {
  const left = /\b(TO{1}DO|FIX{1}ME)\b|@ts-(ignore|nocheck)|\bas an{1}y\b|\bas unknown a{1}s\b/;
  expect(handWritten.filter((path) => path !== "test/house/style.test.ts" && left.test(text(path)))).toEqual([]);
});

test("no test is skipped", () => {
  const skipped = /\b(test|it|describe)\.(skip|todo|only)\b/;
  expect(
    handWritten.filter((path) => isTest(path) && path !== "test/house/style.test.ts" && skipped.test(text(path))),
  ).toEqual([]);
});

test("the lockfile names no registry host", () => {
  expect(text("package-lock.json")).not.toContain('"resolved": "http');
});
