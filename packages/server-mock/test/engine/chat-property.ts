import { HistoryOrder } from "@nimkit/sdk/protocol/enums";
import fc from "fast-check";
import { expect } from "vitest";
import { apply } from "../../src/engine/apply.ts";
import { digest } from "../../src/engine/snapshot.ts";
import { emptyWorld } from "../../src/engine/world.ts";
import { chatScripts } from "./chat-commands.ts";
import { drain, isIn, type Model, newModel, session, sessionIdOf } from "./chat-model.ts";
import type { TestBackend } from "./kit.ts";

// The promises P1 to P4 and P7 of reliability.md, tried from outside by random scripts of 3 users with 2 devices each.

/** Everybody who is logged in connects again: each app has seen everything once, and all agree on the history. */
async function converge(model: Model, b: TestBackend): Promise<void> {
  for (const app of model.apps.filter(({ live }) => live)) {
    app.abort.abort();
    app.abort = new AbortController();
    app.stream = b.subscribe(app.actor, app.cursor ?? {}, { signal: app.abort.signal })[Symbol.asyncIterator]();
    app.pending = app.stream.next();
  }
  await drain(model);
  for (const app of model.apps.filter(({ live }) => live)) {
    for (const [conversation, messages] of model.conversations) {
      const { account } = app.actor;
      if (!isIn(account, conversation)) continue;
      const page = { limit: 100, sync: false, startTime: 0, beginTime: 0, endTime: 0, order: HistoryOrder.ASCENDING };
      const command = { ...session(sessionIdOf(account, conversation)), ...page };
      const history = b.execute("message.fetchMessageHistory", command, app.actor).messages;
      const kept = messages.filter((sent) => !sent.revoked);
      expect(history.map((each) => [each.messageId, each.seq])).toEqual(kept.map((sent) => [sent.id, sent.seq]));
    }
    app.abort.abort();
  }
}

/** The promises hold for a backend, whatever the users do. `see` is told of each script's model at its end. */
export const chatProperty = (open: () => TestBackend, see: (model: Model) => void = () => undefined) =>
  fc.asyncProperty(chatScripts(60), async (commands) => {
    const model = newModel();
    const b = open();
    await fc.asyncModelRun(() => ({ model, real: b }), commands);
    await converge(model, b);
    see(model);
    const world = emptyWorld();
    for (const event of b.journal) apply(world, event);
    expect(digest(world)).toBe(b.control.digest());
    await b.close();
  });
