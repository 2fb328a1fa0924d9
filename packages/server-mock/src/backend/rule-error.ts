import type { ErrorCode } from "@nimkit/sdk/protocol/enums";
import type { RefusalText } from "../engine/outcome.ts";

/** A call that the engine refused by a rule. The service layer turns it into a Connect error with an ErrorDetail. */
export class RuleError extends Error {
  override readonly name = "RuleError";
  /** The rpc, such as `message.sendText`. */
  readonly rpc: string;
  /** Code of the one error space. */
  readonly code: ErrorCode;
  /** Proto path of the argument to blame; absent when no single one is. */
  readonly field?: string;
  /** What to tell the user in the place of the code's own text. */
  readonly text?: RefusalText;

  constructor(rpc: string, code: ErrorCode, field?: string, text?: RefusalText) {
    super(`${rpc} was refused with code ${code}${field === undefined ? "" : ` because of ${field}`}`);
    this.rpc = rpc;
    this.code = code;
    if (field !== undefined) this.field = field;
    if (text !== undefined) this.text = text;
  }
}
