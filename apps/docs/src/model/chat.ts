// What a signed-in phone knows and does: its conversations, the open one, and the messages of each.
import type { NimClient } from "@nimkit/sdk";
import type { Message } from "@nimkit/sdk/protocol";
import { SessionType } from "@nimkit/sdk/protocol/enums";
import type { Draft } from "./content.ts";
import { type ConversationRef, type ConversationRow, conversationRows, keyOf } from "./conversations.ts";
import { type Problem, problemOf } from "./problem.ts";
import { createTimeline, type Entry, type Timeline } from "./timeline.ts";

/** Messages that are read when a conversation is opened: the most that the API gives at once. */
const HISTORY_LIMIT = 100;

export interface OpenConversation extends ConversationRef {
  readonly name?: string;
  readonly loading: boolean;
  readonly entries: readonly Entry[];
}

export interface ChatState {
  readonly rows: readonly ConversationRow[];
  readonly open?: OpenConversation;
  readonly problem?: Problem;
}

export interface Chat {
  readonly state: ChatState;
  /** Reads the list of conversations again. */
  refresh(): Promise<void>;
  open(conversation: ConversationRef): Promise<void>;
  /** Goes back to the list. */
  leave(): void;
  send(draft: Draft): Promise<void>;
  /** Sends a message that failed once more, under the same id. */
  retry(id: string): Promise<void>;
  revoke(id: string): Promise<void>;
  dismissProblem(): void;
}

export interface ChatOptions {
  /** A client that is signed in as `account`. */
  readonly nim: NimClient;
  readonly account: string;
  readonly onChange: () => void;
  /** Makes the id of a message. */
  readonly ids: () => string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** The conversations of a signed-in client. Follows its events until the client is closed. */
export function createChat({ nim, account, onChange, ids, now }: ChatOptions): Chat {
  const timelines = new Map<string, Timeline>();
  const receipted = new Map<string, string>();
  let rows: readonly ConversationRow[] = [];
  let current: ConversationRef | undefined;
  let loading = false;
  let problem: Problem | undefined;

  const timelineOf = (conversation: { sessionId: string; sessionType: number }): Timeline => {
    const key = keyOf(conversation);
    const timeline = timelines.get(key) ?? createTimeline(account);
    timelines.set(key, timeline);
    return timeline;
  };
  const isOpen = (conversation: { sessionId: string; sessionType: number }) =>
    current !== undefined && keyOf(current) === keyOf(conversation);

  /** Runs an action and shows why it failed. */
  const attempt = async (action: () => Promise<unknown>): Promise<void> => {
    try {
      await action();
    } catch (error) {
      problem = problemOf(error);
    }
    onChange();
  };

  let refreshing: Promise<void> | undefined;
  let stale = false;
  const readRows = async () => {
    do {
      stale = false;
      const [{ sessions }, { teams }] = await Promise.all([nim.session.allRecentSession({}), nim.team.allMyTeams({})]);
      rows = conversationRows(sessions, teams);
    } while (stale);
  };
  /** Many events ask for one reading: those that come while one runs share the next. */
  const refresh = (): Promise<void> => {
    stale = true;
    refreshing ??= attempt(readRows).finally(() => {
      refreshing = undefined;
    });
    return refreshing;
  };

  /** Tells the server, and in a conversation of two the peer, that the open conversation is read. */
  const markRead = async (conversation: ConversationRef) => {
    const last = timelineOf(conversation).lastReceived();
    await nim.session.markAllMessagesReadInSession(conversation);
    if (
      !last ||
      conversation.sessionType !== SessionType.P2P ||
      receipted.get(conversation.sessionId) === last.messageId
    )
      return;
    receipted.set(conversation.sessionId, last.messageId);
    await nim.message.sendMessageReceipt({ ...conversation, messageId: last.messageId });
  };

  const load = async (conversation: ConversationRef) => {
    const { messages } = await nim.message.queryMessageHistory({ ...conversation, limit: HISTORY_LIMIT });
    timelineOf(conversation).accept(messages);
  };

  const deliver = async (conversation: ConversationRef, id: string, draft: Draft) => {
    const timeline = timelineOf(conversation);
    timeline.start(id, draft, now());
    onChange();
    try {
      const message = await sendDraft(nim, conversation, id, draft);
      if (message) timeline.accept([message]);
    } catch (error) {
      // The message itself says why; what the list says has not changed.
      timeline.fail(id, problemOf(error));
      return onChange();
    }
    await refresh();
  };

  nim.on("message", ({ messages }) => {
    for (const message of messages) timelineOf(message).accept([message]);
    const open = current;
    if (open && messages.some(isOpen)) void attempt(() => markRead(open)).then(refresh);
    else void refresh();
    onChange();
  });
  nim.on("messageReceipt", (receipt) => {
    timelineOf(receipt).receive(receipt);
    onChange();
  });
  nim.on("messageRevoked", (revoked) => {
    timelineOf(revoked).revoke(revoked);
    void refresh();
  });
  nim.on("teamUpdated", () => void refresh());
  nim.on("teamRemoved", () => void refresh());
  nim.onReset(() => {
    for (const timeline of timelines.values()) timeline.reset();
    const open = current;
    if (open) void attempt(() => load(open));
    void refresh();
  });

  return {
    get state() {
      const name = current && rows.find(isOpen)?.name;
      const open = current && {
        ...current,
        loading,
        entries: timelineOf(current).entries(),
        ...(name ? { name } : {}),
      };
      return { rows, ...(open ? { open } : {}), ...(problem ? { problem } : {}) };
    },
    refresh,
    async open(conversation) {
      const { sessionId, sessionType } = conversation;
      const ref: ConversationRef = { sessionId, sessionType };
      current = ref;
      problem = undefined;
      loading = true;
      onChange();
      await attempt(async () => {
        try {
          await load(ref);
        } finally {
          loading = false;
        }
        await markRead(ref);
      });
      await refresh();
    },
    leave() {
      current = undefined;
      problem = undefined;
      onChange();
    },
    async send(draft) {
      if (current) await deliver(current, ids(), draft);
    },
    async retry(id) {
      const draft = current && timelineOf(current).draftOf(id);
      if (current && draft) await deliver(current, id, draft);
    },
    async revoke(id) {
      const conversation = current;
      if (!conversation) return;
      await attempt(async () => {
        await nim.message.revokeMessage({ ...conversation, messageId: id });
        const timeline = timelineOf(conversation);
        timeline.revoke({ messageId: id, timestamp: timeline.timeOf(id) ?? now(), fromUserId: account });
      });
      await refresh();
    },
    dismissProblem() {
      problem = undefined;
      onChange();
    },
  };
}

async function sendDraft(
  nim: NimClient,
  conversation: ConversationRef,
  messageId: string,
  draft: Draft,
): Promise<Message | undefined> {
  switch (draft.kind) {
    case "text":
      return (await nim.message.sendText({ ...conversation, messageId, content: draft.text })).message;
    case "tip":
      return (await nim.message.sendTips({ ...conversation, messageId, content: draft.text })).message;
    case "place": {
      const { title, latitude, longitude } = draft;
      return (await nim.message.sendLocationMsg({ ...conversation, messageId, title, latitude, longitude })).message;
    }
  }
}
