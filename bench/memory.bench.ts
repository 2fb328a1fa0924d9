// Memory of a million messages in the mock, beside the same texts in an array with a Map by id.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { SessionType } from "@nimkit/sdk/protocol";
import { createMockBackend } from "@nimkit/server-mock";

const MESSAGES = 1_000_000;
/** Messages of a second of the mock's time. */
const A_SECOND = 100;

setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc") as () => void;

function heap(): number {
  collect();
  return process.memoryUsage().heapUsed;
}

const text = (i: number) => `message number ${i}`;

const before = heap();
const bare = { messages: [] as object[], byId: new Map<string, number>() };
for (let i = 0; i < MESSAGES; i++) {
  bare.byId.set(`m${i}`, bare.messages.length);
  bare.messages.push({ messageId: `m${i}`, from: "1001", text: text(i), timestamp: 1_700_000_000_000 + i });
}
const bareBytes = (heap() - before) / bare.messages.length;

const start = heap();
const backend = createMockBackend({ clock: { frozenAt: 1_700_000_000_000 } });
const people = ["1001", "1002"].map((account) => ({ account, deviceId: `${account}-phone`, platform: "web" }) as const);
for (const actor of people) {
  backend.execute("auth.login", { userId: actor.account, password: "1qaz2wsx", auto: false }, actor);
}
const [ann, ben] = people;
for (let i = 0; i < MESSAGES; i++) {
  if (i % A_SECOND === 0) backend.control.clock.advance(1000);
  const command = { sessionId: ben?.account ?? "", sessionType: SessionType.P2P, content: text(i), messageId: `m${i}` };
  backend.execute("message.sendText", command, ann);
}
const mockBytes = (heap() - start) / MESSAGES;
await backend.close();
if (bare.byId.size !== MESSAGES) throw new Error("the bare store was collected before the end");

console.log(`${MESSAGES} messages`);
console.log(`array and Map alone     ${bareBytes.toFixed(0).padStart(6)} B each`);
console.log(
  `mock, two devices fed   ${mockBytes.toFixed(0).padStart(6)} B each   x ${(mockBytes / bareBytes).toFixed(2)}   ${((mockBytes * MESSAGES) / 2 ** 20).toFixed(0)} MiB in all`,
);
