import type { StoredSystemMessage } from "../world.ts";

/** Facts about system messages. */
export type SystemMessageEvent = {
  readonly type: "systemMessageStored";
  readonly account: string;
  readonly stored: StoredSystemMessage;
};
