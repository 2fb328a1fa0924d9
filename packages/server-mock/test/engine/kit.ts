import { SessionType } from "@nimkit/sdk/protocol/enums";
import { expect } from "vitest";
import { type Backend, type BackendOptions, createBackend, RuleError } from "../../src/backend/index.ts";
import type { Actor, LogEntry, Platform } from "../../src/engine/entry.ts";
import type { JournalEvent } from "../../src/engine/journal.ts";
import type { EventData, MessageData, SendTextCommand } from "../../src/gen/commands.ts";
import { DEFAULT_PASSWORD } from "../../src/seed/default-seed.ts";

/** Frozen time at which every test world starts. */
export const START = 1_700_000_000_000;

/** A backend with frozen time that remembers everything it did. */
export interface TestBackend extends Backend {
  readonly entries: LogEntry[];
  readonly journal: JournalEvent[];
  /** Logs a device in and gives it as a caller. */
  login(account: string, deviceId?: string, platform?: Platform, auto?: boolean): Actor;
  /** Sends a text in P2P or, with the team type, to a team. */
  text(actor: Actor, to: string, content: string, more?: Partial<SendTextCommand>): MessageData;
  /** Events that a device was told of, of one kind or all. */
  told(actor: Actor, kind?: EventData["payload"]["case"]): EventData["payload"][];
}

export function testBackend(options: BackendOptions = {}): TestBackend {
  const entries: LogEntry[] = [];
  const journal: JournalEvent[] = [];
  const backend = createBackend({
    epoch: "test",
    clock: { frozenAt: START },
    onCommit(entry, result) {
      entries.push(entry);
      journal.push(...result.events);
    },
    ...options,
  });
  return {
    ...backend,
    entries,
    journal,
    login(account, deviceId = `${account}-phone`, platform = "ios", auto = false) {
      const actor: Actor = { account, deviceId, platform };
      backend.execute("auth.login", { userId: account, password: DEFAULT_PASSWORD, auto }, actor);
      return actor;
    },
    text(actor, to, content, more = {}) {
      const command = { sessionId: to, sessionType: SessionType.P2P, content, ...more };
      return backend.execute("message.sendText", command, actor).message;
    },
    told(actor, kind) {
      return journal.flatMap((event) => {
        if (event.type !== "delivered" || event.account !== actor.account || event.deviceId !== actor.deviceId)
          return [];
        return kind === undefined || event.event.payload.case === kind ? [event.event.payload] : [];
      });
    },
  };
}

/** The code with which a call is refused; undefined when it is not. */
export function codeOf(call: () => unknown): number | undefined {
  try {
    call();
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(RuleError);
    return error instanceof RuleError ? error.code : undefined;
  }
}

/** Names a test after the row of behaviour.md that it checks. */
export const row = (section: string, rule: string): string => `${section} ${rule}`;
