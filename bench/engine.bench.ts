// What a message costs inside the engine: the same send through the log and the rules, beside a bare store of arrays and Maps.
import { SessionType } from "@nimkit/sdk/protocol";
import { createMockBackend } from "@nimkit/server-mock";
import { compare } from "./measure.ts";

const frozen = { clock: { frozenAt: 1_700_000_000_000 } } as const;
const page = { sessionId: "1002", sessionType: SessionType.P2P, limit: 100 };
const backend = createMockBackend(frozen);
const actor = { account: "1001", deviceId: "bench", platform: "web" } as const;
backend.execute("auth.login", { userId: "1001", password: "1qaz2wsx", auto: false }, actor);

const bare = { messages: [] as object[], byId: new Map<string, object>() };
let count = 0;

await compare([
  {
    name: "array and Map alone",
    run() {
      const message = { messageId: `b${count++}`, from: "1001", text: "hello", sessionId: "1002", timestamp: count };
      bare.messages.push(message);
      bare.byId.set(message.messageId, message);
    },
  },
  {
    name: "sendText on the engine",
    run() {
      // Time moves, so that the feeds keep their window of ten minutes and no more.
      if (count % 100 === 0) backend.control.clock.advance(1000);
      const command = { sessionId: "1002", sessionType: SessionType.P2P, content: "hello", messageId: `e${count++}` };
      backend.execute("message.sendText", command, actor);
    },
  },
  { name: "a page of 100, array alone", run: () => bare.messages.slice(-100) },
  {
    name: "a page of 100, queryMessageHistory",
    run: () => backend.execute("message.queryMessageHistory", page, actor),
  },
]);
await backend.close();
