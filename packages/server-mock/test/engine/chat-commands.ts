import fc from "fast-check";
import { expect } from "vitest";
import {
  type App,
  closed,
  conversationOf,
  drain,
  forget,
  isConnected,
  isIn,
  type Model,
  type Sent,
  session,
  sessionIdOf,
  TEAM,
  USERS,
} from "./chat-model.ts";
import { codeOf, type TestBackend } from "./kit.ts";

/** A step of a random script. */
export type Command = fc.AsyncCommand<Model, TestBackend>;

interface Step {
  readonly name: string;
  readonly ready?: (app: App, model: Readonly<Model>) => boolean;
  readonly run: (app: App, model: Model, b: TestBackend) => void;
}

/** Every step is done by an app; afterwards all streams are drained and all counts compared. */
function command(index: number, { name, ready = (app) => app.live, run }: Step): Command {
  const appOf = (model: Readonly<Model>): App => model.apps[index % model.apps.length] as App;
  return {
    check: (model) => ready(appOf(model), model),
    async run(model, b) {
      run(appOf(model), model, b);
      await drain(model);
      checkUnread(model, b);
    },
    toString: () => `${name} by app ${index}`,
  };
}

/** P4: the server's count is what the app can count for itself. */
function checkUnread(model: Model, b: TestBackend): void {
  for (const app of model.apps.filter(({ live }) => live)) {
    const { account } = app.actor;
    const counted = new Map<string, number>();
    for (const [conversation, messages] of model.conversations) {
      if (!isIn(account, conversation)) continue;
      const read = app.read.get(conversation) ?? 0;
      const unread = messages.filter((each) => each.seq > read && each.from !== account).length;
      counted.set(sessionIdOf(account, conversation), unread);
    }
    const { sessions } = b.execute("session.allRecentSession", {}, app.actor);
    expect(new Map(sessions.map((each) => [each.sessionId, each.unreadCount]))).toEqual(counted);
  }
}

const login = (index: number): Command =>
  command(index, {
    name: "login",
    ready: () => true,
    run(app, model, b) {
      const { account, deviceId, platform } = app.actor;
      b.login(account, deviceId, platform);
      const connected = isConnected(model, account);
      if (!app.live && !connected) {
        for (const sent of model.order.slice(model.caughtUp.get(account) ?? 0)) {
          if (sent.from !== account && !sent.revoked && isIn(account, sent.conversation)) app.expected.add(sent.id);
        }
      }
      if (!app.known) for (const [key, seq] of model.accountRead.get(account) ?? []) app.read.set(key, seq);
      app.live = true;
      app.known = true;
    },
  });

const connect = (index: number): Command =>
  command(index, {
    name: "connect",
    run(app, model, b) {
      // A device that connects again without leaving is replaced by itself.
      const old = app.stream;
      app.abort = new AbortController();
      app.stream = b.subscribe(app.actor, app.cursor ?? {}, { signal: app.abort.signal })[Symbol.asyncIterator]();
      app.pending = app.stream.next();
      void old?.return?.();
      expect(model.apps).toContain(app);
    },
  });

const disconnect = (index: number, byDrop: boolean): Command =>
  command(index, {
    name: byDrop ? "drop" : "disconnect",
    ready: (app) => app.stream !== undefined,
    run(app, model, b) {
      if (byDrop) b.control.dropStreams(app.actor.account, app.actor.deviceId);
      else {
        app.abort.abort();
        closed(model, app);
      }
    },
  });

const leave = (index: number, byKick: boolean): Command =>
  command(index, {
    name: byKick ? "kick" : "logout",
    run(app, model, b) {
      const { account, deviceId } = app.actor;
      if (byKick) b.control.kick(account, { deviceId });
      else b.execute("auth.logout", {}, app.actor);
      forget(model, app);
      expect(codeOf(() => b.execute("auth.isLogined", {}, app.actor))).toBe(13);
    },
  });

const send = (index: number, to: string): Command =>
  command(index, {
    name: `send to ${to}`,
    run(app, model, b) {
      const { account } = app.actor;
      const conversation = conversationOf(account, to);
      const messages = model.conversations.get(conversation) ?? [];
      const id = `m${model.order.length}`;
      const text = `body-${model.order.length}-`;
      const reply = b.text(app.actor, to, text, { ...session(to), messageId: id });
      expect(reply).toMatchObject({ messageId: id, seq: messages.length + 1, sessionId: to, text });
      const sent: Sent = { id, from: account, to, conversation, text, seq: messages.length + 1, revoked: false };
      model.conversations.set(conversation, [...messages, sent]);
      model.order.push(sent);
      for (const reader of model.apps) {
        if (reader !== app && reader.live && isIn(reader.actor.account, conversation)) reader.expected.add(id);
      }
    },
  });

const resend = (index: number, pick: number, changed: boolean): Command =>
  command(index, {
    name: changed ? "resend changed" : "resend",
    ready: (app, model) => app.live && ownOf(app, model).length > 0,
    run(app, model, b) {
      const own = ownOf(app, model);
      const sent = own[pick % own.length] as Sent;
      const again = () =>
        b.text(app.actor, sent.to, changed ? "other" : sent.text, { ...session(sent.to), messageId: sent.id });
      if (changed) expect(codeOf(again)).toBe(417);
      else expect([again().seq, again().text]).toEqual([sent.seq, sent.revoked ? undefined : sent.text]);
    },
  });

const ownOf = (app: App, model: Readonly<Model>): readonly Sent[] =>
  model.order.filter((sent) => sent.from === app.actor.account);

const read = (index: number, to: string): Command =>
  command(index, {
    name: `read ${to}`,
    run(app, model, b) {
      const { account } = app.actor;
      const conversation = conversationOf(account, to);
      b.execute("session.markAllMessagesReadInSession", session(to), app.actor);
      const last = model.conversations.get(conversation)?.length ?? 0;
      app.read.set(conversation, last);
      const marks = model.accountRead.get(account) ?? new Map<string, number>();
      marks.set(conversation, Math.max(last, marks.get(conversation) ?? 0));
      model.accountRead.set(account, marks);
    },
  });

/** Picks the newest message: a receipt for it moves the mark, one for an older message must not. */
const NEWEST = -1;

const receipt = (index: number, pick: number): Command =>
  command(index, {
    name: "receipt",
    ready: (app, model) => app.live && receivedOf(app, model).length > 0,
    run(app, model, b) {
      const received = receivedOf(app, model);
      const sent = (pick === NEWEST ? received.at(-1) : received[pick % received.length]) as Sent;
      b.execute("message.sendMessageReceipt", { messageId: sent.id, ...session(sent.from) }, app.actor);
    },
  });

/** What others sent to the app's account alone, and did not take back. */
const receivedOf = (app: App, model: Readonly<Model>): readonly Sent[] =>
  model.order.filter((sent) => sent.to === app.actor.account && !sent.revoked);

const revoke = (index: number, pick: number): Command =>
  command(index, {
    name: "revoke",
    ready: (app, model) => app.live && ownOf(app, model).length > 0,
    run(app, model, b) {
      const own = ownOf(app, model);
      const sent = own[pick % own.length] as Sent;
      b.execute("message.revokeMessage", { messageId: sent.id, ...session(sent.to) }, app.actor);
      sent.revoked = true;
      const history = b.execute("message.queryMessageHistory", { ...session(sent.to), limit: 100 }, app.actor);
      expect(JSON.stringify(history)).not.toContain(sent.text);
    },
  });

/** Random scripts. */
export function chatScripts(maxCommands: number): fc.Arbitrary<Iterable<Command>> {
  const app = fc.nat({ max: USERS.length * 2 - 1 });
  const pick = fc.nat({ max: 1000 });
  const to = (index: number) => fc.constantFrom(...USERS.filter((user) => user !== USERS[index >> 1]), TEAM);
  const withTarget = (make: (index: number, target: string) => Command) =>
    app.chain((index) => to(index).map((target) => make(index, target)));
  return fc.commands(
    [
      app.map(login),
      app.map(login),
      app.map(connect),
      fc.tuple(app, fc.boolean()).map(([index, byDrop]) => disconnect(index, byDrop)),
      fc.tuple(app, fc.boolean()).map(([index, byKick]) => leave(index, byKick)),
      withTarget(send),
      withTarget(send),
      withTarget(send),
      fc.tuple(app, pick, fc.boolean()).map(([index, which, changed]) => resend(index, which, changed)),
      withTarget(read),
      fc.tuple(app, pick).map(([index, which]) => receipt(index, which)),
      app.map((index) => receipt(index, NEWEST)),
      fc.tuple(app, pick).map(([index, which]) => revoke(index, which)),
    ],
    { maxCommands, size: "max" },
  );
}
