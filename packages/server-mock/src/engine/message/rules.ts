import type { DecideTable } from "../decide-table.ts";
import { decideFetchHistory, localHistory } from "./history.ts";
import { decideReceipt } from "./receipt.ts";
import { decideRevoke } from "./revoke.ts";
import { sendRules } from "./sends.ts";

/** The rpcs of MessageService that this version has. */
export const messageRules = {
  ...sendRules,
  "message.fetchMessageHistory": decideFetchHistory,
  "message.queryMessageHistory": (world, command, context) => localHistory(world, command, [], context),
  "message.queryMessageHistoryByTypes": (world, command, context) =>
    localHistory(world, command, command.types, context),
  "message.sendMessageReceipt": decideReceipt,
  "message.revokeMessage": decideRevoke,
} satisfies Partial<DecideTable>;
