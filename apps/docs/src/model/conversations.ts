import type { Message, RecentSession, Team } from "@nimkit/sdk/protocol";
import { SessionType } from "@nimkit/sdk/protocol/enums";
import { type Content, contentOf } from "./content.ts";

/** Names one conversation: a peer's account or a team id. */
export interface ConversationRef {
  readonly sessionId: string;
  readonly sessionType: typeof SessionType.P2P | typeof SessionType.TEAM;
}

/** One row of the list of conversations. */
export interface ConversationRow extends ConversationRef {
  /** Name of a team; absent where only the id is known. */
  readonly name?: string;
  readonly unread: number;
  /** Milliseconds since 1970; absent before the first message. */
  readonly time?: number;
  readonly last?: { readonly from: string; readonly content: Content };
}

/** A string that is the same for the same conversation. */
export const keyOf = ({ sessionId, sessionType }: { sessionId: string; sessionType: number }): string =>
  `${sessionType}:${sessionId}`;

/** The recent sessions, then the teams in which nobody has written yet. */
export function conversationRows(
  sessions: readonly RecentSession[],
  teams: readonly Team[],
): readonly ConversationRow[] {
  const names = new Map(teams.map(({ teamId, teamName }) => [teamId, teamName]));
  const rows = sessions.map((session): ConversationRow => {
    const sessionType = session.sessionType === SessionType.TEAM ? SessionType.TEAM : SessionType.P2P;
    const name = sessionType === SessionType.TEAM ? names.get(session.sessionId) : undefined;
    return {
      sessionId: session.sessionId,
      sessionType,
      unread: session.unreadCount,
      ...(name ? { name } : {}),
      ...(session.lastMessage ? preview(session.lastMessage) : {}),
    };
  });
  const listed = new Set(rows.map(keyOf));
  const quiet = teams
    .map(
      ({ teamId, teamName }): ConversationRow => ({
        sessionId: teamId,
        sessionType: SessionType.TEAM,
        unread: 0,
        name: teamName,
      }),
    )
    .filter((row) => !listed.has(keyOf(row)));
  return [...rows, ...quiet];
}

function preview(message: Message): Pick<ConversationRow, "time" | "last"> {
  return { time: message.timestamp, last: { from: message.from, content: contentOf(message) } };
}
