import { SessionType } from "@nimkit/sdk/protocol/enums";
import { expect, test } from "vitest";
import { createBackend } from "../../src/backend/index.ts";

test("smoke", async () => {
  const b = createBackend({ epoch: "e", clock: { frozenAt: 1_000_000 } });
  const a1 = { account: "1001", deviceId: "d1", platform: "ios" as const };
  const a2 = { account: "1002", deviceId: "d2", platform: "ios" as const };
  const l = b.execute("auth.login", { userId: "1001", password: "1qaz2wsx", auto: false }, a1);
  expect(b.authenticate(l.accessToken)).toEqual(a1);
  b.execute("message.sendText", { sessionId: "1002", sessionType: SessionType.P2P, content: "hi" }, a1);
  b.execute("auth.login", { userId: "1002", password: "1qaz2wsx", auto: false }, a2);
  const frames: unknown[] = [];
  const ac = new AbortController();
  for await (const f of b.subscribe(a2, {}, { signal: ac.signal })) {
    frames.push(f);
    if (f.frame.case === "relations") b.control.kick("1002");
  }
  console.log(JSON.stringify(frames, null, 1));
  console.log(b.execute("session.allRecentSession", {}, a1));
  expect(() => b.execute("session.allRecentSession", {}, a2)).toThrow();
});
