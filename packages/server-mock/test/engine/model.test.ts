import fc from "fast-check";
import { expect, test } from "vitest";
import { quietBackend } from "./chat-model.ts";
import { chatProperty } from "./chat-property.ts";

test("P1-P5, P7: random scripts of sends, reads, receipts, revokes, cuts, kicks and logins", {
  timeout: 60_000,
}, async () => {
  let longest = 0;
  const property = chatProperty(quietBackend, ({ order }) => {
    longest = Math.max(longest, order.length);
  });
  const runs = { numRuns: 1000, seed: 20_261_123, interruptAfterTimeLimit: 50_000, markInterruptAsFailure: true };
  await fc.assert(property, runs);
  expect(longest).toBeGreaterThan(5);
});
