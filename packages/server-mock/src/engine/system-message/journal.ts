import type { SystemMessageStatus } from "@nimkit/sdk/protocol/enums";
import type { StoredSystemMessage } from "../world.ts";

/** Facts about system messages. A change without an id is about all of the account's. */
export type SystemMessageEvent =
  | { readonly type: "systemMessageStored"; readonly account: string; readonly stored: StoredSystemMessage }
  | { readonly type: "systemMessageRead"; readonly account: string; readonly messageId?: string }
  | {
      readonly type: "systemMessageMarked";
      readonly account: string;
      readonly messageId: string;
      readonly status: SystemMessageStatus;
    }
  | { readonly type: "systemMessageDeleted"; readonly account: string; readonly messageId?: string };
