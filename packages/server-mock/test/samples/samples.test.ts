// Every sample of the callback module, run over HTTP as an app would run it: one file, and one test, for each entry.
import { readdirSync } from "node:fs";
import { basename, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { moduleFacts } from "../../../codegen/test/facts/facts.ts";
import { cast } from "./cast.ts";
import { problemsOf } from "./check-answer.ts";
import { openTheatre, type Theatre } from "./stage.ts";

const folder = resolve(import.meta.dirname, "../../../sdk/samples/module");
const { entries } = moduleFacts;

let theatre: Theatre;
beforeAll(async () => {
  theatre = await openTheatre();
});
afterAll(() => theatre.close());

test("each entry has its sample, each sample its entry, each part of the cast its sample", () => {
  const names = entries.map(({ name }) => name).sort();
  expect(
    readdirSync(folder)
      .map((file) => basename(file, ".js"))
      .sort(),
  ).toEqual(names);
  expect(Object.keys(cast).filter((name) => !names.includes(name))).toEqual([]);
});

test.each(entries.map((entry) => [entry.name, entry] as const))("%s", async (name, { kind, platforms }) => {
  for (const platform of platforms) {
    const part = cast[name] ?? {};
    const { answers, printed, thrown } = await theatre.play(name, resolve(folder, `${name}.js`), platform, part);
    expect(thrown, `thrown on ${platform}`).toEqual([]);
    expect(printed, `printed on ${platform}`).not.toEqual([]);
    expect(
      printed.filter((line) => /undefined|NaN|\[object/.test(line)),
      `printed on ${platform}`,
    ).toEqual([]);
    const errors = answers.flatMap(({ entry, err }) => (err === undefined ? [] : [{ entry, err }]));
    expect(errors, `errors on ${platform}`).toEqual([]);
    for (const entry of new Set(answers.map((answer) => answer.entry))) {
      const results = answers.filter((answer) => answer.entry === entry).map(({ ret }) => ret);
      if (entry === name && kind === "synchronous") expect(results, platform).toEqual([part.returns]);
      else
        expect(problemsOf(entry, results, platform, { whole: entry === name }), `${entry} on ${platform}`).toEqual([]);
    }
  }
});
