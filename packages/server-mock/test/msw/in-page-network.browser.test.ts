// The second way in browsers: no service worker, the page's own fetch is answered.
import { createHttpTransport, createNimClient } from "@nimkit/sdk";
import { createMockBackend } from "@nimkit/server-mock";
import { createMockNetwork, mockHandlers } from "@nimkit/server-mock/msw";
import { expect, test, vi } from "vitest";

test("events arrive while the stream is open, and the backend hears when the client goes", async () => {
  const backend = createMockBackend();
  const network = createMockNetwork(mockHandlers(backend, { baseUrl: "https://im.example" }));
  await network.enable();
  const transport = createHttpTransport({ baseUrl: "https://im.example" });
  const [alice, bob] = [createNimClient({ transport, deviceId: "a" }), createNimClient({ transport, deviceId: "b" })];
  await alice.auth.login({ userId: "1001", password: "1qaz2wsx" });
  await bob.auth.login({ userId: "1002", password: "1qaz2wsx" });
  const received = new Promise((resolve) => bob.on("message", ({ messages }) => resolve(messages[0]?.text)));
  await alice.message.sendText({ sessionId: "1002", content: "hi" });
  expect(await received).toBe("hi");
  await Promise.all([alice.close(), bob.close()]);
  await vi.waitFor(() => expect(backend.control.openStreams()).toBe(0));
  await network.disable();
  await backend.close();
});
