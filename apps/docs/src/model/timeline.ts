// The messages of one conversation as one phone sees them: merged from history, events and own sends.
import type { Message, MessageReceiptReceived, MessageRevoked } from "@nimkit/sdk/protocol";
import { type Content, contentOf, type Draft } from "./content.ts";
import type { Problem } from "./problem.ts";

/** How far an own message has come. */
export type Delivery = "sending" | "failed" | "sent" | "read";

export interface MessageEntry {
  readonly kind: "message";
  readonly id: string;
  readonly from: string;
  readonly mine: boolean;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly content: Content;
  /** Only of own messages. */
  readonly delivery?: Delivery;
  /** Why an own message failed. */
  readonly problem?: Problem;
}

export interface RevokedEntry {
  readonly kind: "revoked";
  readonly id: string;
  /** Account of the person who took the message back. */
  readonly by: string;
  readonly mine: boolean;
  /** Time of the revoked message, milliseconds since 1970. */
  readonly time: number;
}

export type Entry = MessageEntry | RevokedEntry;

export interface Timeline {
  /** Adds messages that the server has accepted. A message that is known already keeps its place. */
  accept(messages: readonly Message[]): void;
  /** Adds an own message that is on its way, or puts a failed one on its way again. */
  start(id: string, draft: Draft, time: number): void;
  fail(id: string, problem: Problem): void;
  revoke(revoked: Pick<MessageRevoked, "messageId" | "timestamp" | "fromUserId">): void;
  /** Everything of ours up to the receipt's time is read; an older receipt changes nothing. */
  receive(receipt: Pick<MessageReceiptReceived, "timestamp">): void;
  /** Forgets what the server has; what is still on its way stays. */
  reset(): void;
  /** Content of an own message that has not arrived, to send it again. */
  draftOf(id: string): Draft | undefined;
  timeOf(id: string): number | undefined;
  /** The newest message of somebody else. */
  lastReceived(): Message | undefined;
  /** Oldest first. */
  entries(): readonly Entry[];
}

interface Outgoing {
  readonly draft: Draft;
  readonly time: number;
  readonly problem?: Problem;
}

/** A timeline of the conversation as `account` sees it. */
export function createTimeline(account: string): Timeline {
  const accepted = new Map<string, Message>();
  const outgoing = new Map<string, Outgoing>();
  const revoked = new Map<string, RevokedEntry>();
  let readUpTo = 0;

  return {
    accept(messages) {
      for (const message of messages) {
        outgoing.delete(message.messageId);
        if (!revoked.has(message.messageId)) accepted.set(message.messageId, message);
      }
    },
    start(id, draft, time) {
      outgoing.set(id, { draft, time });
    },
    fail(id, problem) {
      const sent = outgoing.get(id);
      if (sent) outgoing.set(id, { ...sent, problem });
    },
    revoke({ messageId, timestamp, fromUserId }) {
      accepted.delete(messageId);
      revoked.set(messageId, {
        kind: "revoked",
        id: messageId,
        by: fromUserId,
        mine: fromUserId === account,
        time: timestamp,
      });
    },
    receive({ timestamp }) {
      readUpTo = Math.max(readUpTo, timestamp);
    },
    reset() {
      accepted.clear();
    },
    draftOf: (id) => outgoing.get(id)?.draft,
    timeOf: (id) => accepted.get(id)?.timestamp,
    lastReceived: () =>
      [...accepted.values()].filter(({ from }) => from !== account).reduce<Message | undefined>(later, undefined),
    entries() {
      const own = [...outgoing].map(([id, { draft, time, problem }]): MessageEntry => {
        const entry = { kind: "message", id, from: account, mine: true, time, content: draft } as const;
        return problem ? { ...entry, delivery: "failed", problem } : { ...entry, delivery: "sending" };
      });
      const arrived = [...accepted.values()]
        .sort((a, b) => a.seq - b.seq)
        .map((message): MessageEntry => {
          const mine = message.from === account;
          const entry = {
            kind: "message",
            id: message.messageId,
            from: message.from,
            mine,
            time: message.timestamp,
            content: contentOf(message),
          } as const;
          return mine ? { ...entry, delivery: message.timestamp <= readUpTo ? "read" : "sent" } : entry;
        });
      // The sort is stable: at the same millisecond the server's order decides, and what is on its way comes last.
      return [...arrived, ...revoked.values(), ...own].sort((a, b) => a.time - b.time);
    },
  };
}

function later(best: Message | undefined, message: Message): Message {
  return best && best.timestamp > message.timestamp ? best : message;
}
