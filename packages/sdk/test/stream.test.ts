import { Code, ConnectError } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import { backoffMs } from "../src/client/backoff.ts";
import { EndReason, ErrorCode } from "../src/protocol.ts";
import {
  end,
  event,
  heartbeat,
  numbered,
  opened,
  quiet,
  relations,
  type Script,
  serverError,
  untilAborted,
} from "./fakes/fake-backend.ts";
import { createHarness } from "./fakes/harness.ts";
import { settle } from "./fakes/manual-timers.ts";

/** Opens after `from`, gives these events and then is cut, or stays when it is the last. */
function events(from: number, offsets: number[], then: "cut" | "stay" = "cut"): Script {
  return async function* (_request, context) {
    yield opened("e", from);
    yield relations();
    for (const offset of offsets) yield numbered(offset);
    if (then === "stay") await untilAborted(context);
  };
}

const failing = (error: ConnectError): Script =>
  async function* () {
    yield* [];
    throw error;
  };

describe("resuming", () => {
  it("goes on from the cursor after a cut: nothing lost, nothing twice, in order", async () => {
    const h = createHarness([events(0, [1, 2]), events(2, [3, 4]), events(4, [5], "stay")]);
    await h.login();
    await h.timers.advance(1000);
    expect(h.received).toEqual(["1", "2", "3", "4", "5"]);
    expect(h.fake.subscribes.map(({ epoch, offset }) => `${epoch}:${offset}`)).toEqual([":0", "e:2", "e:4"]);
    expect([h.resets, h.nim.state]).toEqual([0, "online"]);
    h.nim.close();
  });

  it("drops what was delivered before, by its offset", async () => {
    const h = createHarness([events(0, [1, 2, 2, 1]), events(1, [2, 3, 3, 4], "stay")]);
    await h.login();
    await h.timers.advance(1000);
    expect(h.received).toEqual(["1", "2", "3", "4"]);
    h.nim.close();
  });

  it.each([
    Code.InvalidArgument,
    Code.Internal,
    Code.Unknown,
    Code.Unavailable,
    Code.Aborted,
    Code.ResourceExhausted,
    Code.Unimplemented,
    Code.PermissionDenied,
    Code.NotFound,
  ])("follows an error of any code but unauthenticated: %s", async (code) => {
    const broken: Script = async function* () {
      yield opened("e", 0);
      yield relations();
      yield numbered(1);
      throw new ConnectError("broken", code);
    };
    const h = createHarness([broken, failing(new ConnectError("broken", code)), events(1, [2], "stay")]);
    await h.login();
    await h.timers.advance(2000);
    expect([h.received, h.nim.state]).toEqual([["1", "2"], "online"]);
    h.nim.close();
  });

  it.each([EndReason.UNSPECIFIED, EndReason.SLOW_CONSUMER, EndReason.SERVER_CLOSING])(
    "follows an end frame that allows it: %s",
    async (reason) => {
      const h = createHarness([
        async function* () {
          yield opened("e", 0);
          yield relations();
          yield numbered(1);
          yield end(reason, 1);
        },
        events(1, [2], "stay"),
      ]);
      await h.login();
      await h.timers.advance(1000);
      expect(h.received).toEqual(["1", "2"]);
      h.nim.close();
    },
  );

  it("tells the steps of a lost and a failed connection", async () => {
    const h = createHarness([
      events(0, []),
      failing(serverError(ErrorCode.SERVER_BUSY, Code.Unavailable)),
      events(0, [], "stay"),
    ]);
    await h.login();
    h.steps.length = 0;
    h.states.length = 0;
    await h.timers.advance(2000);
    expect(h.steps).toEqual([
      ...["OFFLINE", "CONNECTING", "CONNECT_FAILED"],
      ...["CONNECTING", "CONNECTED", "AUTHENTICATING", "AUTHENTICATED", "SYNCING", "SYNCED"],
    ]);
    expect(h.states).toEqual(["offline", "syncing", "online"]);
    h.nim.close();
  });

  it("hides a cut before the login is done", async () => {
    const h = createHarness([
      async function* () {
        yield opened("e", 0);
      },
      quiet,
    ]);
    const login = h.login();
    await h.timers.advance(1000);
    await login;
    expect(h.steps.filter((step) => step === "CONNECTING")).toHaveLength(1);
    expect(h.steps).not.toContain("OFFLINE");
    h.nim.close();
  });

  it("keeps the place of an event that this SDK does not know", async () => {
    const h = createHarness([
      async function* () {
        yield opened("e", 0);
        yield relations();
        yield event(1, undefined);
      },
      quiet,
    ]);
    await h.login();
    await h.timers.advance(1000);
    expect(h.fake.subscribes.at(-1)?.offset).toBe(1);
    h.nim.close();
  });

  it("does not believe a stream that begins with an event", async () => {
    const h = createHarness([
      async function* () {
        yield numbered(1);
      },
      events(0, [1], "stay"),
    ]);
    const login = h.login();
    await h.timers.advance(1000);
    await login;
    expect(h.received).toEqual(["1"]);
    h.nim.close();
  });
});

describe("a reset", () => {
  it.each([
    ["without history", opened("e", 10, false)],
    ["by a new epoch, whatever the flag says", opened("f", 10, true)],
  ])("is told once, before any event, %s", async (_name, frame) => {
    const h = createHarness([
      events(0, [1, 2]),
      async function* (_request, context) {
        yield frame;
        yield relations();
        yield numbered(11);
        await untilAborted(context);
      },
    ]);
    const order: string[] = [];
    h.nim.onReset(() => order.push("reset"));
    h.nim.on("teamRemoved", ({ team }) => order.push(team?.teamId ?? ""));
    await h.login();
    await h.timers.advance(1000);
    expect(order).toEqual(["1", "2", "reset", "11"]);
    h.nim.close();
  });

  it("takes lower offsets of a new epoch", async () => {
    const h = createHarness([
      events(0, [1, 2, 3]),
      async function* (_request, context) {
        yield opened("f", 0, false);
        yield relations();
        yield numbered(1, 9);
        await untilAborted(context);
      },
    ]);
    await h.login();
    await h.timers.advance(1000);
    expect(h.received).toEqual(["1", "2", "3", "9"]);
    h.nim.close();
  });

  it("is not told by a login's first stream", async () => {
    const h = createHarness([
      async function* (_request, context) {
        yield opened("e", 7, false);
        yield relations();
        await untilAborted(context);
      },
    ]);
    await h.login();
    expect(h.resets).toBe(0);
    h.nim.close();
  });
});

describe("the watchdog", () => {
  it("drops a silent stream after 37 s and resumes", async () => {
    const h = createHarness();
    await h.login();
    await h.timers.advance(36_999);
    expect([h.nim.state, h.fake.open]).toEqual(["online", 1]);
    await h.timers.advance(1);
    expect([h.nim.state, h.fake.open]).toEqual(["offline", 0]);
    await h.timers.advance(125);
    expect([h.nim.state, h.fake.subscribes.length]).toEqual(["online", 2]);
    h.nim.close();
    await settle();
    expect(h.timers.pending()).toEqual([]);
  });

  it("is content with heartbeats", async () => {
    let beat = (): void => {};
    const h = createHarness([
      async function* (_request, context) {
        yield opened("e", 0);
        yield relations();
        while (!context.signal.aborted) {
          await new Promise<void>((resolve) => {
            beat = resolve;
            context.signal.addEventListener("abort", () => resolve());
          });
          yield heartbeat();
        }
      },
    ]);
    await h.login();
    for (let i = 0; i < 20; i += 1) {
      await h.timers.advance(15_000);
      beat();
      await settle();
    }
    expect([h.nim.state, h.fake.subscribes.length]).toEqual(["online", 1]);
    await h.timers.advance(37_000);
    expect(h.nim.state).toBe("offline");
    h.nim.close();
  });

  it("watches a connection that never answers", async () => {
    const h = createHarness([
      events(0, []),
      async function* (_request, context) {
        yield* [];
        await untilAborted(context);
      },
      events(0, [1], "stay"),
    ]);
    await h.login();
    await h.timers.advance(37_000 + 1000);
    expect(h.received).toEqual(["1"]);
    h.nim.close();
  });
});

describe("waiting", () => {
  it("stays below a limit that doubles up to 3 s, and spreads over all of it", () => {
    expect([0, 1, 2, 3, 4, 20].map((attempt) => backoffMs(attempt, () => 1))).toEqual([
      250, 500, 1000, 2000, 3000, 3000,
    ]);
    expect(backoffMs(3, () => 0)).toBe(0);
    expect(backoffMs(1, () => 0.5, { baseMs: 10, maxMs: 15 })).toBe(7.5);
  });

  it("grows while nothing opens and starts over after a good stream", async () => {
    const down = failing(serverError(ErrorCode.NOT_CONNECTED, Code.Unavailable));
    const h = createHarness([events(0, []), down, down, down, events(0, []), down, quiet]);
    await h.login();
    const waits: number[] = [];
    for (let i = 0; i < 6; i += 1) {
      await settle();
      const next = h.timers.pending()[0] ?? -1;
      waits.push(next);
      await h.timers.advance(next);
    }
    expect(waits).toEqual([125, 250, 500, 1000, 125, 250]);
    h.nim.close();
  });

  it("grows too when streams open but break before they say anything", async () => {
    const h = createHarness([
      events(0, []),
      async function* () {
        yield opened("e", 0);
      },
    ]);
    await h.login();
    const waits: number[] = [];
    for (let i = 0; i < 4; i += 1) {
      await settle();
      const next = h.timers.pending()[0] ?? -1;
      waits.push(next);
      await h.timers.advance(next);
    }
    expect(waits).toEqual([125, 250, 500, 1000]);
    h.nim.close();
    await settle();
    expect(h.timers.pending()).toEqual([]);
  });
});
