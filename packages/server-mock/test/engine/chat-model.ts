import { SessionType } from "@nimkit/sdk/protocol/enums";
import { expect } from "vitest";
import type { Actor, Platform } from "../../src/engine/entry.ts";
import type { SubscribeReply } from "../../src/gen/commands.ts";
import { type TestBackend, testBackend } from "./kit.ts";

// What the users of the random scripts believe, in plain data, and the applications that watch the streams.

export const USERS = ["1001", "1002", "1003"] as const;
export const TEAM = "64430396";
const DEVICES: readonly { readonly suffix: string; readonly platform: Platform }[] = [
  { suffix: "phone", platform: "ios" },
  { suffix: "web", platform: "web" },
];

/** A message that was accepted. */
export interface Sent {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly conversation: string;
  readonly text: string;
  readonly seq: number;
  revoked: boolean;
}

/** An application on a device. */
export interface App {
  readonly actor: Actor;
  live: boolean;
  known: boolean;
  /** Count of messages read, by conversation. */
  readonly read: Map<string, number>;
  cursor: { readonly epoch: string; readonly offset: number } | undefined;
  stream: AsyncIterator<SubscribeReply> | undefined;
  pending: Promise<IteratorResult<SubscribeReply>> | undefined;
  abort: AbortController;
  /** Ids of the messages that the stream has told of, and those that it must have told of once it is drained. */
  readonly shown: Set<string>;
  readonly expected: Set<string>;
  /** Newest receipt that the stream has told of, by session. */
  readonly receipts: Map<string, number>;
}

/** The whole of what is believed. */
export interface Model {
  readonly apps: readonly App[];
  readonly conversations: Map<string, Sent[]>;
  /** All messages, in order. */
  readonly order: Sent[];
  /** Highest read mark, by account and conversation. */
  readonly accountRead: Map<string, Map<string, number>>;
  /** Count of `order` that the account was handed, as of its last disconnect. */
  readonly caughtUp: Map<string, number>;
}

export function newModel(): Model {
  const apps = USERS.flatMap((account) =>
    DEVICES.map(({ suffix, platform }): App => {
      const actor = { account, deviceId: `${account}-${suffix}`, platform };
      return {
        actor,
        live: false,
        known: false,
        read: new Map(),
        cursor: undefined,
        stream: undefined,
        pending: undefined,
        abort: new AbortController(),
        shown: new Set(),
        expected: new Set(),
        receipts: new Map(),
      };
    }),
  );
  return { apps, conversations: new Map(), order: [], accountRead: new Map(), caughtUp: new Map() };
}

/** A backend whose heartbeats never come. */
export const quietBackend = (): TestBackend => testBackend({ timers: { after: () => () => {} } });

export const session = (to: string) => ({
  sessionId: to,
  sessionType: to === TEAM ? SessionType.TEAM : SessionType.P2P,
});

export const conversationOf = (a: string, to: string): string => (to === TEAM ? TEAM : [a, to].sort().join("+"));

export const isIn = (user: string, conversation: string): boolean =>
  conversation === TEAM || conversation.split("+").includes(user);

/** The conversation's name as a user sees it. */
export function sessionIdOf(user: string, conversation: string): string {
  if (conversation === TEAM) return TEAM;
  const [a = "", b = ""] = conversation.split("+");
  return a === user ? b : a;
}

export const isConnected = (model: Model, account: string): boolean =>
  model.apps.some((app) => app.actor.account === account && app.stream !== undefined);

/** The app is no longer logged in: what its feed still held is gone. */
export function forget(model: Model, app: App): void {
  app.live = false;
  app.cursor = undefined;
  app.expected.clear();
  for (const id of app.shown) app.expected.add(id);
  closed(model, app);
}

/** The app's stream is over. */
export function closed(model: Model, app: App): void {
  if (!app.stream) return;
  app.stream = undefined;
  app.pending = undefined;
  if (!isConnected(model, app.actor.account)) model.caughtUp.set(app.actor.account, model.order.length);
}

/** Takes every frame that waits in any stream, and checks what the application sees (P1, P2, P7). */
export async function drain(model: Model): Promise<void> {
  for (const app of model.apps) {
    while (app.stream) {
      app.pending ??= app.stream.next();
      const result = await Promise.race([app.pending, idle()]);
      if (!result) break;
      app.pending = undefined;
      if (result.done) closed(model, app);
      else see(app, result.value, model);
    }
    if (app.stream) expect([...app.shown].sort()).toEqual([...app.expected].sort());
  }
}

/** Undefined after more microtasks than a stream needs to hand over a frame that waits. */
async function idle(): Promise<undefined> {
  for (let i = 0; i < 20; i++) await Promise.resolve();
  return undefined;
}

function see(app: App, { frame }: SubscribeReply, model: Model): void {
  const text = JSON.stringify(frame);
  for (const sent of model.order) if (sent.revoked) expect(text).not.toContain(sent.text);
  if (frame.case === "opened") {
    const { epoch, offset, recovered } = frame.value;
    expect(recovered).toBe(true);
    if (app.cursor) expect({ epoch, offset }).toEqual(app.cursor);
    app.cursor = { epoch, offset };
  }
  if (frame.case !== "event" || !app.cursor) return;
  expect(frame.value.offset).toBe(app.cursor.offset + 1);
  app.cursor = { epoch: app.cursor.epoch, offset: frame.value.offset };
  const { payload } = frame.value.event;
  if (payload.case === "messageReceipt") {
    const { sessionId, timestamp } = payload.value;
    expect(timestamp).toBeGreaterThan(app.receipts.get(sessionId) ?? 0);
    app.receipts.set(sessionId, timestamp);
  }
  if (payload.case !== "message") return;
  for (const message of payload.value.messages) {
    expect(app.shown).not.toContain(message.messageId);
    app.shown.add(message.messageId);
    const sent = model.order.find((each) => each.id === message.messageId);
    expect(message.seq).toBe(sent?.seq);
    expect(message.sessionId).toBe(sessionIdOf(app.actor.account, sent?.conversation ?? ""));
  }
}
