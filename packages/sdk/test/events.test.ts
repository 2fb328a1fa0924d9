import { describe, expect, it } from "vitest";
import type { NimEvent } from "../src/index.ts";
import { numbered, opened, relations, type Script, untilAborted } from "./fakes/fake-backend.ts";
import { createHarness, nimErrorOf } from "./fakes/harness.ts";
import { settle } from "./fakes/manual-timers.ts";

const three: Script = async function* (_request, context) {
  yield opened("e", 0);
  yield relations();
  for (const offset of [1, 2, 3]) yield numbered(offset);
  await untilAborted(context);
};

const isStep = (event: NimEvent): boolean => event.name === "loginStep";

describe("on()", () => {
  it("calls listeners in order, and stops when told to", async () => {
    const h = createHarness([three]);
    const log: string[] = [];
    const off = h.nim.on("teamRemoved", ({ team }) => {
      log.push(`a${team?.teamId}`);
      if (team?.teamId === "2") off();
    });
    h.nim.on("teamRemoved", ({ team }) => log.push(`b${team?.teamId}`));
    await h.login();
    await settle();
    expect(log).toEqual(["a1", "b1", "a2", "b2", "b3"]);
    h.nim.close();
  });

  it("keeps listeners apart: one that throws disturbs neither the others nor the stream", async () => {
    const h = createHarness([three]);
    h.nim.on("teamRemoved", () => {
      throw new Error("mine");
    });
    const after: string[] = [];
    h.nim.on("teamRemoved", ({ team }) => after.push(team?.teamId ?? ""));
    await h.login();
    await settle();
    expect([after, h.nim.state, h.listenerErrors.length]).toEqual([["1", "2", "3"], "online", 3]);
    h.nim.close();
  });

  it("counts registrations, not functions", async () => {
    const h = createHarness([three]);
    let calls = 0;
    const listener = (): void => {
      calls += 1;
    };
    h.nim.on("teamRemoved", listener);
    h.nim.on("teamRemoved", listener)();
    await h.login();
    await settle();
    expect(calls).toBe(3);
    h.nim.close();
  });
});

describe("events()", () => {
  it("gives every event from the call on, with its offset; the SDK's own have none", async () => {
    const h = createHarness([three]);
    const events = h.nim.events();
    await h.login();
    const seen: NimEvent[] = [];
    for await (const event of events) {
      seen.push(event);
      if (event.offset === 3) break;
    }
    expect(seen.filter(isStep).every((event) => event.offset === undefined)).toBe(true);
    expect(seen.filter((event) => !isStep(event)).map(({ name, offset }) => [name, offset])).toEqual([
      ["teamRemoved", 1],
      ["teamRemoved", 2],
      ["teamRemoved", 3],
    ]);
    expect(await events.next()).toEqual({ done: true, value: undefined });
    h.nim.close();
  });

  it("wakes a reader that waits", async () => {
    const h = createHarness([three]);
    const next = h.nim.events().next();
    await h.login();
    expect((await next).value).toMatchObject({ name: "loginStep" });
    h.nim.close();
  });

  it("fails rather than lose an event when the loop is too slow", async () => {
    const h = createHarness([three]);
    const events = h.nim.events({ maxQueue: 7 });
    await h.login();
    await settle();
    for (let i = 0; i < 7; i += 1) expect((await events.next()).done).toBe(false);
    const error = await nimErrorOf(events.next());
    expect([error.code, error.method]).toEqual([419, "events"]);
    expect((await events.next()).done).toBe(true);
    expect(h.received).toEqual(["1", "2", "3"]);
    h.nim.close();
  });

  it("ends by its signal, and by close()", async () => {
    const h = createHarness();
    const controller = new AbortController();
    const first = h.nim.events({ signal: controller.signal });
    const waiting = first.next();
    controller.abort();
    expect((await waiting).done).toBe(true);
    const second = h.nim.events();
    const other = second.next();
    h.nim.close();
    expect((await other).done).toBe(true);
    expect((await h.nim.events({ signal: AbortSignal.abort() }).next()).done).toBe(true);
  });
});
