import type { DecideTable } from "../decide-table.ts";
import { clearHistory, hideRow, markRead } from "./marks.ts";
import { decideRecentSessions } from "./recent.ts";

/** The rpcs of SessionService. */
export const sessionRules = {
  "session.allRecentSession": (world, _command, context) => decideRecentSessions(world, context),
  "session.markAllMessagesReadInSession": markRead,
  "session.deleteRecentSession": hideRow,
  "session.clearChattingHistory": clearHistory,
} satisfies Partial<DecideTable>;
