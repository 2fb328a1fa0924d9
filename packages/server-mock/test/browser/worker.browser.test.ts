// MSW in a real Chromium: the service worker answers, streams arrive piece by piece, and a client's abort is felt by the handler.
import { createHttpTransport, createNimClient } from "@nimkit/sdk";
import { createMockBackend, type MockBackend } from "@nimkit/server-mock";
import { mockHandlers } from "@nimkit/server-mock/msw";
import { runScenario, type Scenario } from "@nimkit/server-mock/scenarios";
import { type SetupWorker, setupWorker } from "msw/browser";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import firstConversation from "../../scenarios/first-conversation.json?raw";

const baseUrl = location.origin;
let backend: MockBackend;
let worker: SetupWorker;

beforeEach(async () => {
  backend = createMockBackend({ randomSeed: 7, epoch: "page", clock: { frozenAt: 1_700_000_000_000 } });
  worker = setupWorker(...mockHandlers(backend, { baseUrl }));
  await worker.start({ quiet: true, onUnhandledFrame: "bypass" });
});
afterEach(async () => {
  worker.stop();
  await backend.close();
});

const client = (account: string) =>
  createNimClient({ transport: createHttpTransport({ baseUrl }), deviceId: `${account}-tab` });

test.each([
  ["Connect JSON", { baseUrl }],
  ["Connect binary", { baseUrl, format: "binary" as const }],
  ["gRPC-Web", { baseUrl, protocol: "grpc-web" as const, format: "binary" as const }],
])("the scenario holds over %s", async (_, options) => {
  const { skipped, transcript } = await runScenario(JSON.parse(firstConversation) as Scenario, {
    transportFor: () => createHttpTransport(options),
    control: backend.control,
    delivered: () => 0,
  });
  expect(skipped).toBe(0);
  expect(transcript.length).toBeGreaterThan(30);
});

describe("a stream through the worker", () => {
  test("brings each message when it is sent, not at the end", async () => {
    const [alice, bob] = [client("1001"), client("1002")];
    await alice.auth.login({ userId: "1001", password: "1qaz2wsx" });
    await bob.auth.login({ userId: "1002", password: "1qaz2wsx" });
    for (const content of ["one", "two", "three"]) {
      const received = new Promise((resolve) => {
        const stop = bob.on("message", ({ messages }) => {
          stop();
          resolve(messages[0]?.text);
        });
      });
      await alice.message.sendText({ sessionId: "1002", content });
      // The stream is still open: nothing ends it between the messages.
      expect(await received).toBe(content);
    }
    await Promise.all([alice.close(), bob.close()]);
  });

  test("ends in the backend when the client closes it", async () => {
    const alice = client("1001");
    await alice.auth.login({ userId: "1001", password: "1qaz2wsx" });
    expect(backend.control.openStreams()).toBe(1);
    await alice.close();
    await vi.waitFor(() => expect(backend.control.openStreams()).toBe(0));
  });
});
