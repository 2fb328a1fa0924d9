import type { SystemMessageData } from "../../gen/commands.ts";
import type { Draft } from "../event/draft.ts";

/** Stores a system message for an account and tells its devices. */
export function tellSystemMessage(draft: Draft, account: string, index: number, message: SystemMessageData): void {
  draft.emit({ type: "systemMessageStored", account, stored: { index, message } });
  draft.deliver(account, { payload: { case: "systemMessage", value: { systemMessage: message } } });
}
