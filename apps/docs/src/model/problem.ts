import { NimError } from "@nimkit/sdk";

/** Something that went wrong, in both languages of the page. */
export interface Problem {
  /** The API's error code; absent when the cause is not an error of the API. */
  readonly code?: number;
  readonly en: string;
  readonly zh: string;
}

/** Turns whatever a call threw into words for the user. */
export function problemOf(error: unknown): Problem {
  if (error instanceof NimError) return { code: error.code, en: error.textEn, zh: error.textZh };
  const text = error instanceof Error ? error.message : String(error);
  return { en: text, zh: text };
}
