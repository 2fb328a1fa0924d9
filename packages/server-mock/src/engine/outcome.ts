import type { ErrorCode } from "@nimkit/sdk/protocol/enums";
import type { JournalEvent } from "./journal.ts";

/** Why a call was refused: a code of the one error space and, if one argument is to blame, its proto path. */
export interface Refusal {
  readonly code: ErrorCode;
  readonly field?: string;
  /** What to tell the user in the place of the code's own text, where that would not help. */
  readonly text?: RefusalText;
}

/** A text for users. */
export interface RefusalText {
  readonly en: string;
  readonly zh: string;
}

/** What a call came to. */
export type Outcome<R> = { readonly reply: R } | { readonly error: Refusal };

/** What a decision gives: the answer, and the events that apply will change the world by. */
export interface Decision<R> {
  readonly outcome: Outcome<R>;
  readonly events: readonly JournalEvent[];
}

/** The call succeeds. */
export function accept<R>(reply: R, events: readonly JournalEvent[] = []): Decision<R> {
  return { outcome: { reply }, events };
}

/** The call is refused. A refusal may have events: a blacklisted sender keeps his message. */
export function refuse(
  code: ErrorCode,
  field?: string,
  events: readonly JournalEvent[] = [],
  text?: RefusalText,
): Decision<never> {
  const error = { code, ...(field === undefined ? {} : { field }), ...(text === undefined ? {} : { text }) };
  return { outcome: { error }, events };
}
