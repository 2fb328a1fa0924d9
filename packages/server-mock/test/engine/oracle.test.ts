// reliability.md M3: the random scripts are only worth something if they notice a backend that breaks a promise.
import { TeamMemberType } from "@nimkit/sdk/protocol/enums";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { RpcName, SubscribeReply } from "../../src/gen/commands.ts";
import { quietBackend } from "./chat-model.ts";
import { chatProperty } from "./chat-property.ts";
import type { TestBackend } from "./kit.ts";
import { TEAM, type TeamStage, teamStage } from "./team-kit.ts";
import { teamProperty } from "./team-property.ts";

const runs = { numRuns: 200, seed: 7, endOnFailure: true } as const;

type Reply = Record<string, unknown>;

/** A backend whose answers to one rpc are changed on their way out. */
function answering(b: TestBackend, rpc: RpcName, change: (reply: never, command: never) => Reply): TestBackend {
  const execute: TestBackend["execute"] = (name, command, actor) => {
    const reply = b.execute(name, command, actor);
    return name === rpc ? (change(reply as never, command as never) as typeof reply) : reply;
  };
  return { ...b, execute };
}

/** A backend whose streams are changed on their way out; `count` is that of the events so far. */
function streaming(
  b: TestBackend,
  change: (frame: SubscribeReply, count: number) => readonly SubscribeReply[],
): TestBackend {
  let count = 0;
  return {
    ...b,
    async *subscribe(actor, command, options) {
      for await (const frame of b.subscribe(actor, command, options)) {
        if (frame.frame.case === "event") count += 1;
        yield* change(frame, count);
      }
    },
  };
}

const isEvent = ({ frame }: SubscribeReply): boolean => frame.case === "event";
interface Sessions {
  readonly sessions: readonly { readonly unreadCount: number }[];
}
interface Messages {
  readonly messages: readonly object[];
}

const chatDefects: Readonly<Record<string, (b: TestBackend) => TestBackend>> = {
  "every tenth event is lost": (b) =>
    streaming(b, (frame, count) => (isEvent(frame) && count % 10 === 0 ? [] : [frame])),
  "every tenth event comes twice": (b) =>
    streaming(b, (frame, count) => (isEvent(frame) && count % 10 === 0 ? [frame, frame] : [frame])),
  "a stream that resumes begins one event too late": (b) => ({
    ...b,
    subscribe: (actor, command, options) =>
      b.subscribe(actor, command.offset === undefined ? command : { ...command, offset: command.offset + 1 }, options),
  }),
  "a stream that resumes begins one event too early": (b) => ({
    ...b,
    subscribe: (actor, command, options) =>
      b.subscribe(actor, command.offset ? { ...command, offset: command.offset - 1 } : command, options),
  }),
  "a message counts twice as unread": (b) =>
    answering(b, "session.allRecentSession", ({ sessions }: Sessions) => ({
      sessions: sessions.map((session) => ({ ...session, unreadCount: session.unreadCount * 2 })),
    })),
  "reading marks nothing": (b) => ({
    ...b,
    execute: (name, command, actor) =>
      name === "session.markAllMessagesReadInSession" ? ({} as never) : b.execute(name, command, actor),
  }),
  "the history lacks its newest message": (b) =>
    answering(b, "message.fetchMessageHistory", ({ messages }: Messages) => ({ messages: messages.slice(0, -1) })),
  "a message's place is one too high": (b) => ({
    ...b,
    text: (...args) => {
      const message = b.text(...args);
      return { ...message, seq: (message.seq ?? 0) + 1 };
    },
  }),
  "receipts do not go forward": (b) =>
    streaming(b, (frame) => {
      if (frame.frame.case !== "event" || frame.frame.value.event.payload.case !== "messageReceipt") return [frame];
      const { offset, event } = frame.frame.value;
      const value = { ...event.payload.value, timestamp: 1 };
      return [
        { frame: { case: "event", value: { offset, event: { payload: { case: "messageReceipt", value } } } } },
      ] as [SubscribeReply];
    }),
  "a revoke changes nothing": (b) => ({
    ...b,
    execute: (name, command, actor) =>
      name === "message.revokeMessage" ? ({} as never) : b.execute(name, command, actor),
  }),
};

const teamDefects: Readonly<Record<string, (b: TestBackend) => TestBackend>> = {
  "two owners": (b) =>
    answering(b, "team.fetchTeamMembers", ({ members }: { readonly members: readonly object[] }) => ({
      members: members.map((member, place) => (place === 1 ? { ...member, type: TeamMemberType.OWNER } : member)),
    })),
  "the owner whom the team names is another one": (b) =>
    answering(b, "team.fetchTeamInfo", ({ team }: { readonly team: object }) => ({ team: { ...team, owner: "1003" } })),
  "the number of members is not that of the rows": (b) =>
    answering(b, "team.fetchTeamMembers", ({ members }: { readonly members: readonly object[] }) => ({
      members: members.slice(0, Math.max(1, members.length - 1)),
    })),
  "a refusal leaves a trace": (b) => ({
    ...b,
    execute(name, command, actor) {
      try {
        return b.execute(name, command, actor);
      } catch (error) {
        b.control.setPolicy({ revokeWindowMs: b.control.policy.revokeWindowMs + 1 });
        throw error;
      }
    },
  }),
  "a stranger hears what is said": (b) => ({
    ...b,
    text(actor, ...rest) {
      const message = b.text(actor, ...rest);
      const told = b.journal.findLast((event) => event.type === "delivered" && event.event.payload.case === "message");
      if (told?.type === "delivered" && message.sessionId === TEAM) b.journal.push({ ...told, account: "1099" });
      return message;
    },
  }),
};

test.each(Object.entries(chatDefects))("noticed: %s", { timeout: 60_000 }, async (_, breakIt) => {
  const { failed } = await fc.check(
    chatProperty(() => breakIt(quietBackend())),
    runs,
  );
  expect(failed).toBe(true);
});

test.each(Object.entries(teamDefects))("noticed: %s", { timeout: 60_000 }, (_, breakIt) => {
  const open = (): TeamStage => {
    const stage = teamStage();
    return { ...stage, b: breakIt(stage.b) };
  };
  const { failed } = fc.check(teamProperty(open), runs);
  expect(failed).toBe(true);
});

test("a backend in the same wrapping that breaks nothing is not noticed", { timeout: 60_000 }, async () => {
  const chat = (): TestBackend => {
    const whole = streaming(quietBackend(), (frame) => [frame]);
    return answering(whole, "session.allRecentSession", (reply) => reply);
  };
  expect(await fc.check(chatProperty(chat), runs)).toMatchObject({ failed: false });
  const team = (): TeamStage => {
    const stage = teamStage();
    return { ...stage, b: answering(stage.b, "team.fetchTeamMembers", (reply) => reply) };
  };
  expect(fc.check(teamProperty(team), { ...runs, numRuns: 50 })).toMatchObject({ failed: false });
});
