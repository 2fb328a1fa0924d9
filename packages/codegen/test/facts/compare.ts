import type { ApiModel, EnumModel, FieldModel, MessageModel } from "../../src/model/api-model.ts";
import { enumDiffers, type ModuleEntryModel, moduleEntries, moduleView } from "../../src/model/module-view.ts";
import { messageIndex } from "../../src/model/select-packages.ts";
import type { Difference, DifferenceKind, Erratum } from "./erratum.ts";
import { describeDifference, differenceKey } from "./erratum.ts";
import type { EntryFact, FactType, ModuleFacts, ParameterFact, ResultFact } from "./facts.ts";

/** Both kinds of facts about a field; a result says less. */
type FieldFact = ParameterFact | ResultFact;
/** A field as the document has it, under the name that the schema should have. */
interface NamedFact {
  readonly fact: FieldFact;
  readonly name: string;
  readonly path: string;
}

/** What a comparison came to. No problems means parity. */
export interface Comparison {
  readonly problems: readonly string[];
  readonly entries: number;
  readonly parameters: number;
  readonly resultFields: number;
  readonly errata: number;
}

/** Compares a model with the facts. Each difference needs its erratum, and each erratum its difference. */
export function compareWithFacts(model: ApiModel, facts: ModuleFacts, errata: readonly Erratum[]): Comparison {
  const differences = createComparer(model, errata).all(facts);
  const open = new Map(errata.map((erratum) => [differenceKey(erratum), erratum]));
  const problems: string[] = [];
  if (open.size < errata.length) {
    const keys = errata.map(differenceKey);
    problems.push(
      ...keys.filter((key, index) => keys.indexOf(key) < index).map((key) => `${key}: erratum stands twice`),
    );
  }
  for (const difference of differences) {
    const erratum = open.get(differenceKey(difference));
    open.delete(differenceKey(difference));
    if (!erratum) problems.push(describeDifference(difference));
    else if (erratum.written !== difference.written || erratum.reading !== difference.reading) {
      problems.push(
        `${describeDifference(difference)}, the erratum says ${erratum.written} is to be read as ${erratum.reading}`,
      );
    }
  }
  for (const erratum of open.values()) problems.push(`${differenceKey(erratum)}: erratum is not needed`);
  const count = (fields: readonly FieldFact[]): number =>
    fields.reduce((sum, field) => sum + 1 + count(field.fields ?? []), 0);
  const modelNames = new Set(moduleEntries(model).map((entry) => entry.name));
  return {
    problems,
    entries: facts.entries.filter((entry) => modelNames.has(entry.name)).length,
    parameters: facts.entries.reduce((sum, entry) => sum + count(entry.params), 0),
    resultFields: facts.entries.reduce((sum, entry) => sum + count(entry.result), 0),
    errata: errata.length,
  };
}

function createComparer(model: ApiModel, errata: readonly Erratum[]) {
  const messages = messageIndex(model);
  const enums = new Map(model.enums.map((type) => [type.typeName, type]));
  const renames = new Map(
    errata
      .filter(({ kind }) => kind === "renamed" || kind === "duplicate")
      .map((erratum) => [`${erratum.entry} ${erratum.subject}`, erratum]),
  );
  const found: Difference[] = [];
  const report = (entry: string, subject: string, kind: DifferenceKind, written: unknown, reading: unknown) =>
    found.push({ entry, subject, kind, written: show(written), reading: show(reading) });
  const compareValue = (entry: string, subject: string, kind: DifferenceKind, written: unknown, reading: unknown) => {
    if (show(written) !== show(reading)) report(entry, subject, kind, written, reading);
  };

  /** Gives the second field of a name its own path, and misspelt fields their right name. */
  const nameFacts = (entry: string, prefix: string, facts: readonly FieldFact[]): readonly NamedFact[] => {
    const seen = new Map<string, number>();
    return facts.map((fact) => {
      const times = (seen.get(fact.name) ?? 0) + 1;
      seen.set(fact.name, times);
      const path = `${prefix}.${fact.name}${times > 1 ? `#${times}` : ""}`;
      const rename = renames.get(`${entry} ${path}`);
      if (rename) report(entry, path, rename.kind, fact.name, rename.reading);
      return { fact, path, name: rename?.reading ?? (times > 1 ? `${fact.name}#${times}` : fact.name) };
    });
  };

  const compareFields = (
    entry: string,
    prefix: string,
    facts: readonly FieldFact[],
    message: MessageModel | undefined,
  ) => {
    const fields = message ? moduleView(message, messages).map(({ name, field }) => ({ name, field })) : [];
    const open = [...fields];
    for (const { fact, name, path } of nameFacts(entry, prefix, facts)) {
      const index = open.findIndex((item) => item.name === name);
      const field = open[index]?.field;
      if (!field) {
        report(entry, path, "removed", "present", "absent");
        continue;
      }
      open.splice(index, 1);
      const rename = renames.get(`${entry} ${path}`);
      if (rename?.kind === "renamed" && !field.module.aliases.includes(fact.name)) {
        report(entry, `${path} (alias)`, "removed", fact.name, "no such alias");
      }
      compareField(entry, path, fact, field);
    }
    for (const { name } of open) report(entry, `${prefix}.${name}`, "added", "absent", "present");
  };

  const compareField = (entry: string, path: string, fact: FieldFact, field: FieldModel) => {
    const type = typeOfFact(fact);
    if (type) compareValue(entry, path, "type", type, typeOf(field, enums));
    compareValue(entry, path, "platforms", platforms(fact.platforms), platforms(field.module.platforms));
    if (field.module.since !== undefined) report(entry, path, "since", "nothing", field.module.since);
    if ("required" in fact) {
      compareValue(entry, path, "required", fact.required, field.required);
      compareValue(entry, path, "default", fact.default, field.defaultValue);
    }
    if (fact.fields) {
      const inner = field.type.kind === "message" ? messages.get(field.type.typeName) : undefined;
      compareFields(entry, path, fact.fields, inner);
    }
  };

  const compareEntry = (fact: EntryFact, entry: ModuleEntryModel) => {
    const { name } = fact;
    compareValue(name, "", "kind", fact.kind, entry.kind === "progress" ? "callback" : entry.kind);
    compareValue(name, "", "platforms", platforms(fact.platforms), platforms(entry.platforms));
    compareValue(name, "", "since", fact.since, entry.since);
    if (fact.hasError && entry.kind !== "listener" && entry.errors.length === 0) {
      report(name, "", "errors", "some", "none");
    }
    compareFields(name, "params", fact.params, entry.request);
    if (fact.kind === "synchronous") {
      const types = moduleView(entry.result, messages).map(({ field }) => typeOf(field, enums));
      compareValue(name, "returns", "type", fact.returns, types.join(", "));
      return;
    }
    // `status: true` around a result is no field of the schema; an answer that is called status is one.
    const status = fact.result.find((field) => field.name === "status");
    if (!status && entry.status) report(name, "result.status", "added", "absent", "present");
    const enveloped = status && entry.status;
    if (enveloped) compareValue(name, "result.status", "type", status.type, "boolean");
    compareFields(
      name,
      "result",
      enveloped ? fact.result.filter((field) => field !== status) : fact.result,
      entry.result,
    );
  };

  const compareConfig = ({ configKeys }: ModuleFacts) => {
    const entry = "config.xml";
    const keys = configKeys.map((key): FieldFact => ({ ...key, type: "string" }));
    compareFields(entry, "params", keys, messages.get("nim.v1.ModuleConfig"));
  };

  return {
    all(facts: ModuleFacts): readonly Difference[] {
      const open = new Map<string, ModuleEntryModel>();
      for (const entry of moduleEntries(model)) {
        if (open.has(entry.name)) report(entry.name, "", "duplicate", "one entry", `also ${entry.target}`);
        else open.set(entry.name, entry);
      }
      for (const fact of facts.entries) {
        const entry = open.get(fact.name);
        open.delete(fact.name);
        if (entry) compareEntry(fact, entry);
        else report(fact.name, "", "removed", "present", "absent");
      }
      for (const name of open.keys()) report(name, "", "added", "absent", "present");
      compareConfig(facts);
      return found;
    },
  };
}

/** Type that the document gives a field, if it does; a structure says it by itself. */
function typeOfFact(fact: FieldFact): FactType | undefined {
  if ("repeated" in fact && fact.repeated) return "array";
  return fact.type ?? (fact.fields ? "object" : undefined);
}

/** Type of a field as the module shows it. */
function typeOf(field: FieldModel, enums: ReadonlyMap<string, EnumModel>): FactType {
  if (field.repeated || field.module.listOfOne) return "array";
  if (field.type.kind === "message") return "object";
  if (field.type.kind === "enum") {
    const type = enums.get(field.type.typeName);
    return type && enumDiffers(type) === "strings" ? "string" : "number";
  }
  if (field.type.scalar === "bool") return "boolean";
  return field.type.scalar === "string" || field.type.scalar === "bytes" ? "string" : "number";
}

/** One platform, or both: saying none means both. */
function platforms(list: readonly string[] | undefined): string {
  return list?.length === 1 ? `${list[0]} only` : "both";
}

function show(value: unknown): string {
  return value === undefined ? "nothing" : String(value);
}
