// What an in-process call costs: our direct transport beside Connect's router transport, which serializes, on the same service.
import { createClient, createRouterTransport } from "@connectrpc/connect";
import { transportFromServices } from "@nimkit/sdk";
import { MessageService } from "@nimkit/sdk/protocol";
import { createMockBackend } from "@nimkit/server-mock";
import { compare } from "./measure.ts";

const message = { messageId: "m1", from: "1001", text: "hello", sessionId: "1002", timestamp: 1 };
const request = { sessionId: "1002", content: "hello" };
const sendText = async () => ({ message });
const direct = createClient(MessageService, transportFromServices({ message: { sendText } }));
const router = createClient(
  MessageService,
  createRouterTransport(({ service }) => service(MessageService, { sendText })),
);

const backend = createMockBackend();
const actor = { account: "1001", deviceId: "bench", platform: "web" } as const;
const { accessToken } = backend.execute("auth.login", { userId: "1001", password: "1qaz2wsx", auto: false }, actor);
const headers = { authorization: `Bearer ${accessToken}` };
const mock = createClient(MessageService, backend.transport());
let count = 0;

await compare([
  { name: "direct transport, empty service", run: () => direct.sendText(request) },
  { name: "Connect's router transport, the same", run: () => router.sendText(request) },
  {
    name: "direct transport, whole mock backend",
    run: () => mock.sendText({ ...request, messageId: `b${count++}` }, { headers }),
  },
]);
await backend.close();
