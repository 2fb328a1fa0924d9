/** In what a schema can differ from the module's document. */
export type DifferenceKind =
  /** The schema has no such element. */
  | "removed"
  /** The document has no such element. */
  | "added"
  /** The name is misspelt in the document. */
  | "renamed"
  /** The document uses the name of another element. */
  | "duplicate"
  | "required"
  | "default"
  | "type"
  | "platforms"
  | "since"
  | "kind"
  /** The rpc lists no errors of its own although the document shows one. */
  | "errors";

/** A difference between document and schema, as a person would read it. */
export interface Difference {
  /** Name of the entry, or `config.xml`. */
  readonly entry: string;
  /** `params.a.b`, `result.a.b`, `returns`, or empty for the entry itself. A repeated name gets `#2`. */
  readonly subject: string;
  readonly kind: DifferenceKind;
  /** What the document says. */
  readonly written: string;
  /** What the schema says. */
  readonly reading: string;
}

/** A difference that is meant. */
export interface Erratum extends Difference {
  readonly reason: string;
  /** Place in the collected behaviour facts, such as `F-3`; `schema` for a consequence of how the schema is built. */
  readonly source: `${"A" | "B" | "C" | "D" | "F"}-${number}` | "schema";
}

/** Several errata that share all but entry and subject. */
export interface ErrataGroup extends Omit<Erratum, "entry" | "subject"> {
  readonly entries: readonly string[];
  readonly subjects: readonly string[];
}

/** Writes a group out: one erratum for each subject of each entry. */
export function expand(group: ErrataGroup): readonly Erratum[] {
  const { entries, subjects, ...rest } = group;
  return entries.flatMap((entry) => subjects.map((subject) => ({ entry, subject, ...rest })));
}

/** What tells one difference from another. */
export function differenceKey({ entry, subject, kind }: Difference): string {
  return `${entry} ${subject} ${kind}`;
}

/** A line for a failing test. */
export function describeDifference({ entry, subject, kind, written, reading }: Difference): string {
  const place = subject === "" ? entry : `${entry}: ${subject}`;
  return `${place}: ${kind}: the document says ${written}, the schema says ${reading}`;
}
