import { create, equals, type Message, toJson } from "@bufbuild/protobuf";
import { Code } from "@connectrpc/connect";
import * as fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { apicloudTransport } from "../../src/apicloud.ts";
import { createNimClient, errorTable, type NimClient, type NimPlatform } from "../../src/index.ts";
import { rpcs } from "../../src/module/entries.ts";
import { isClosingEvent } from "../../src/module/quirks.ts";
import { toModule } from "../../src/module/shape.ts";
import { createNimModule, project } from "../../src/module.ts";
import { type ErrorCode, MessageSchema, MessagesReceivedSchema, MessageType } from "../../src/protocol.ts";
import { messageOf } from "../module/arbitrary.ts";
import { createFakeBackend, type FakeBackend, type Impls, serverError } from "../module/fake-backend.ts";

const platforms = ["ios", "android"] as const;

/** Two clients of one server: one at its door, one through the phone's module and back. */
function both(backend: FakeBackend, platform: NimPlatform): { direct: NimClient; bridged: NimClient } {
  // The server takes what the generator makes of a path, so nobody reads it here.
  const module = createNimModule({ transport: backend.transport, platform, uploads: false });
  return {
    direct: createNimClient({ transport: backend.transport, platform, uploads: false }),
    bridged: createNimClient({ transport: apicloudTransport(module, { platform }), platform }),
  };
}

function callOf(client: NimClient, service: string, method: string): (request: Message) => unknown {
  const api: unknown = Reflect.get(client, service);
  const call: unknown = typeof api === "object" && api !== null ? Reflect.get(api, method) : undefined;
  if (typeof call !== "function") throw new Error(`no ${service}.${method}`);
  return (request) => Reflect.apply(call, api, [request]);
}

describe.each(platforms)("client, native module and back on %s", (platform) => {
  const unary = [...rpcs.values()].filter(
    ({ entry, service, method }) => entry?.kind === "callback" && service !== "auth" && method.methodKind === "unary",
  );

  it("calls every entry with the same request and gets the same response", async () => {
    for (const { name, service, method } of unary) {
      const samples = fc.sample(fc.tuple(messageOf(method.input, platform), messageOf(method.output, platform)), {
        numRuns: 3,
        seed: 7,
      });
      for (const [request, response] of samples) {
        const requests: Message[] = [];
        const impls: Record<string, Record<string, unknown>> = {
          [service]: {
            [method.localName]: async (received: Message) => {
              requests.push(received);
              return response;
            },
          },
        };
        const { direct, bridged } = both(createFakeBackend(impls as Impls), platform);
        // Android's bridge does not let some calls out before that.
        await bridged.auth.login({ userId: "1001", password: "secret" });
        requests.length = 0;
        const expected = (await callOf(direct, service, method.localName)(request)) as Message;
        const answer = (await callOf(bridged, service, method.localName)(request)) as Message;
        expect(equals(method.output, answer, project(platform, expected, method.output)), name).toBe(true);
        const [first, second] = requests;
        if (first === undefined || second === undefined) throw new Error(`${name} was not called twice`);
        // The bridge writes defaults out, which mean the same; extensions such as the client's own id stay behind.
        const shown = toModule(method.input, first, platform);
        expect(toModule(method.input, second, platform), name).toMatchObject(JSON.parse(JSON.stringify(shown)));
        bridged.close();
      }
    }
  });

  it("gives the same errors", async () => {
    for (const code of [-1, 302, 404, 408, 416, 802, 7101, 13003]) {
      const fail = async (): Promise<never> => {
        throw serverError(code as ErrorCode, Code.Unknown);
      };
      const { bridged } = both(createFakeBackend({ message: { sendText: fail } }), platform);
      const sent = bridged.message.sendText({ sessionId: "1", content: "x" });
      await expect(sent).rejects.toMatchObject({ code, textZh: `中文 ${code}`, textEn: errorTable[code]?.en });
    }
  });

  it("streams a playback to its end", async () => {
    const impls: Impls = {
      audio: {
        async *playAudio() {
          yield { eventType: 1 };
          yield { eventType: 2 };
        },
      },
    };
    const { bridged } = both(createFakeBackend(impls), platform);
    const seen: number[] = [];
    for await (const { eventType } of bridged.audio.playAudio({ filePath: "fs://a" })) seen.push(eventType);
    expect(seen).toEqual([1, 2]);
    expect(["end", "Complete", "progress"].map(isClosingEvent)).toEqual([true, true, false]);
  });

  it("gives the same login steps, events and relations", async () => {
    const backend = createFakeBackend(
      {
        friend: { myFriends: async () => ({ users: [{ userId: "1002", gender: 0 }] }) },
        team: { allMyTeams: async () => ({ teams: [{ teamId: "7" }] }) },
      },
      { friends: ["1002"], teams: ["7"] },
    );
    const seen: Record<"direct" | "bridged", unknown[]> = { direct: [], bridged: [] };
    const clients = both(backend, platform);
    const message = create(MessageSchema, {
      messageId: "m",
      messageType: MessageType.TEXT,
      timestamp: 3,
      serverId: "s",
      ext: { a: 1 },
    });
    for (const which of ["direct", "bridged"] as const) {
      const client = clients[which];
      client.on("loginStep", ({ step }) => seen[which].push(step));
      client.on("message", (value) =>
        seen[which].push(toJson(MessagesReceivedSchema, project(platform, value, MessagesReceivedSchema))),
      );
      await client.auth.login({ userId: "1001", password: "secret" });
      expect([client.isMyFriend("1002"), client.isMyTeam("7"), client.isLogined()]).toEqual([true, true, true]);
    }
    backend.emit({ case: "message", value: { messages: [message] } });
    await vi.waitFor(() => expect([seen.direct.length, seen.bridged.length]).toEqual([7, 7]));
    expect(seen.bridged).toEqual(seen.direct);
    const offline = Promise.all(
      [clients.direct, clients.bridged].map(
        (client) => new Promise<void>((resolve) => client.onState((state) => state === "offline" && resolve())),
      ),
    );
    backend.cut();
    await offline;
    clients.direct.close();
    clients.bridged.close();
  });
});
