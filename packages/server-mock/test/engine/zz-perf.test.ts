import { test } from "vitest";
import { SessionType } from "@nimkit/sdk/protocol/enums";
import { createBackend } from "../../src/backend/index.ts";
test("perf", () => {
  const b = createBackend({});
  const a = { account: "1001", deviceId: "a", platform: "ios" as const };
  const c = { account: "1002", deviceId: "c", platform: "ios" as const };
  for (const x of [a, c]) b.execute("auth.login", { userId: x.account, password: "1qaz2wsx", auto: false }, x);
  for (let r = 0; r < 5; r++) {
    const n = 20000; const t = performance.now();
    for (let i = 0; i < n; i++) b.execute("message.sendText", { sessionId: "1002", sessionType: SessionType.P2P, content: "hello " + i }, a);
    const t2 = performance.now();
    for (let i = 0; i < n; i++) b.execute("message.queryMessageHistory", { sessionId: "1002", sessionType: SessionType.P2P, limit: 100 }, a);
    const t3 = performance.now();
    for (let i = 0; i < n; i++) b.execute("user.userInfo", { userId: "1002" }, a);
    const t4 = performance.now();
    console.log("send us", (t2 - t) / n * 1000, "hist", (t3 - t2) / n * 1000, "userInfo", (t4 - t3) / n * 1000, process.memoryUsage().heapUsed / 1e6);
  }
});
