import { readFileSync } from "node:fs";

/** Types that the module's document names, on a common denominator. */
export type FactType = "string" | "number" | "boolean" | "object" | "array";

/** A platform that the document names. */
export type FactPlatform = "ios" | "android";

/** A parameter, or a field of a parameter. What the document does not call required is optional. */
export interface ParameterFact {
  readonly name: string;
  readonly type: FactType;
  readonly required: boolean;
  readonly default?: string | number | boolean;
  readonly platforms?: readonly FactPlatform[];
  readonly fields?: readonly ParameterFact[];
}

/** A field of a result. A type stands only where the document shows a value or a structure. */
export interface ResultFact {
  readonly name: string;
  readonly type?: FactType;
  readonly repeated?: boolean;
  readonly platforms?: readonly FactPlatform[];
  readonly fields?: readonly ResultFact[];
}

/** One of the 125 entries of the module. */
export interface EntryFact {
  readonly n: number;
  readonly name: string;
  readonly kind: "callback" | "synchronous" | "listener";
  readonly platforms: readonly FactPlatform[];
  readonly since: string;
  readonly hasError: boolean;
  /** What a synchronous entry returns. */
  readonly returns?: FactType;
  readonly params: readonly ParameterFact[];
  readonly result: readonly ResultFact[];
}

/** A key of the module in an app's config.xml. */
export interface ConfigKeyFact {
  readonly name: string;
  readonly required: boolean;
  readonly platforms?: readonly FactPlatform[];
}

/** What the module's document says, errors included: names, numbers and structures, no sentences. */
export interface ModuleFacts {
  readonly entries: readonly EntryFact[];
  readonly configKeys: readonly ConfigKeyFact[];
  /** Error numbers of the module's own table, and of the vendor's servers of that time. */
  readonly errorNumbers: { readonly module: readonly number[]; readonly server: readonly number[] };
}

/** The facts as they are vendored. */
export const moduleFacts: ModuleFacts = JSON.parse(
  readFileSync(new URL("./module-facts.json", import.meta.url), "utf8"),
);
