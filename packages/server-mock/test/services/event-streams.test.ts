// Streams on every way in: frames come when they happen, and a reader that leaves is forgotten.
import { createClient } from "@connectrpc/connect";
import { createNimClient, nimServices } from "@nimkit/sdk";
import { EndReason } from "@nimkit/sdk/protocol/enums";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type Way, ways } from "./ways.ts";

describe.each(ways)("%s", (_, open) => {
  let way: Way;
  let token: string;
  const gone = () => vi.waitFor(() => expect(way.backend.control.openStreams()).toBe(0), { interval: 5 });

  function subscribe(signal?: AbortSignal) {
    const options = { headers: { Authorization: `Bearer ${token}` }, ...(signal ? { signal } : {}) };
    return createClient(nimServices.event, way.transport).subscribe({}, options);
  }

  beforeEach(async () => {
    way = await open({});
    const auth = createClient(nimServices.auth, way.transport);
    ({ accessToken: token } = await auth.login({ userId: "1001", password: "1qaz2wsx" }));
  });
  afterEach(() => way.close());

  test("each event arrives before the next one happens", async () => {
    const abort = new AbortController();
    const frames = subscribe(abort.signal)[Symbol.asyncIterator]();
    const kinds = [(await frames.next()).value?.frame.case, (await frames.next()).value?.frame.case];
    expect(kinds).toEqual(["opened", "relations"]);

    const bob = createNimClient({ transport: way.transport, deviceId: "bob" });
    await bob.auth.login({ userId: "1002", password: "1qaz2wsx" });
    for (const content of ["one", "two"]) {
      await bob.message.sendText({ sessionId: "1001", content });
      // A message causes further events for its reader, such as that of the session's row.
      for (;;) {
        const event = (await frames.next()).value?.frame;
        if (event?.case !== "event" || event.value.event?.payload.case !== "message") continue;
        expect(event.value.event.payload.value.messages[0]?.text).toBe(content);
        break;
      }
    }
    await bob.close();
    abort.abort();
    await gone();
  });

  test("an abort ends the stream in the backend although nothing happens on it", async () => {
    const abort = new AbortController();
    const read = (async () => {
      for await (const { frame } of subscribe(abort.signal)) if (frame.case === "relations") abort.abort();
    })();
    await expect(read).rejects.toThrow();
    await gone();
  });

  test("the end says why, and nothing follows it", async () => {
    const cases: (string | undefined)[] = [];
    for await (const { frame } of subscribe()) {
      cases.push(frame.case);
      if (frame.case === "relations") way.backend.control.kick("1001");
      if (frame.case === "end") expect(frame.value.reason).toBe(EndReason.KICKED);
    }
    expect(cases).toEqual(["opened", "relations", "event", "end"]);
    await gone();
  });

  test("closing the backend ends streams with a reason to come back", async () => {
    let reason: number | undefined;
    for await (const { frame } of subscribe()) {
      if (frame.case === "relations") void way.backend.close();
      if (frame.case === "end") reason = frame.value.reason;
    }
    expect(reason).toBe(EndReason.SERVER_CLOSING);
  });

  test("a client that closes leaves nothing behind", async () => {
    const nim = createNimClient({ transport: way.transport, deviceId: "tab" });
    await nim.auth.login({ userId: "1003", password: "1qaz2wsx" });
    expect(way.backend.control.openStreams()).toBe(1);
    await nim.close();
    await gone();
  });
});
