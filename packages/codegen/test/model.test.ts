import { join } from "node:path";
import { expect, test } from "vitest";
import { compileModel } from "../src/generate.ts";
import { moduleEntries, moduleView } from "../src/model/module-view.ts";
import { messageIndex, selectPackages } from "../src/model/select-packages.ts";
import { createWorkspace } from "./workspace.ts";

async function modelOf(fixture: string) {
  const { input, output } = createWorkspace(fixture);
  const { model } = await compileModel(input, `${output}.binpb`);
  return { model, input };
}

test("the model holds what the schema says, with its place, and survives JSON", async () => {
  const { model } = await modelOf("chat");
  expect(JSON.parse(JSON.stringify(model))).toEqual(model);
  expect(model.packages).toEqual(["chat.v1"]);
  expect(model.annotated).toEqual(["chat.v1"]);
  const [service] = model.services;
  expect(service).toMatchObject({
    key: "chat",
    exportName: "ChatService",
    text: { en: "Talking in rooms.", zh: "聊天" },
  });
  expect(service?.methods[0]).toEqual({
    name: "Say",
    source: { file: expect.stringMatching(/chat\/v1\/chat\.proto$/), line: 14, column: 3 },
    text: { en: "Says something.", zh: "发言" },
    deprecated: false,
    localName: "say",
    rpcName: "chat.say",
    path: "/chat.v1.ChatService/Say",
    input: "chat.v1.SayRequest",
    output: "chat.v1.SayResponse",
    stream: "unary",
    sideEffects: true,
    access: "device",
    errors: [-1, 7],
    events: ["said"],
    module: { name: "sayIt", kind: "callback", platforms: [], since: "1.0.0" },
  });
  expect(service?.methods.map((method) => [method.stream, method.access, method.sideEffects])).toEqual([
    ["unary", "device", true],
    ["unary", "device", false],
    ["server", "public", true],
  ]);
  const messages = messageIndex(model);
  expect(messages.get("chat.v1.SayRequest")?.fields).toMatchObject([
    { localName: "roomId", required: true, rules: { required: true, string: { minLen: "1" } }, clientId: false },
    { localName: "mood", defaultValue: 0, required: false, type: { kind: "enum", typeName: "chat.v1.Mood" } },
    { localName: "lineId", clientId: true, module: { name: "lineId", extension: true } },
  ]);
  expect([...messages.values()].map(({ name, role }) => `${name} ${role}`)).toContain("SayRequest request");
  expect(model.events.map(({ name, localName, listener }) => [name, localName, listener?.name])).toEqual([
    ["said", "said", "onSaid"],
    ["room_closed", "roomClosed", "onClosed"],
  ]);
  expect(model.errors.map(({ number, localName, origin, connect }) => [number, localName, origin, connect])).toEqual([
    [-1, "MISSING", "wrapper", "invalid_argument"],
    [0, "UNSPECIFIED", undefined, "unknown"],
    [7, "CLOSED", "server", "failed_precondition"],
  ]);
});

test("the module's view renames, hides, inlines and adds status", async () => {
  const { model } = await modelOf("chat");
  const entries = moduleEntries(model);
  expect(entries.map(({ name, kind, target, status }) => [name, kind, target, status])).toEqual([
    ["sayIt", "callback", "chat.say", true],
    ["isInside", "synchronous", "chat.isInside", false],
    ["playIt", "progress", "chat.play", true],
    ["onSaid", "listener", "said", true],
    ["onClosed", "listener", "roomClosed", false],
  ]);
  const messages = messageIndex(model);
  const said = entries.find((entry) => entry.name === "onSaid");
  expect(said && moduleView(said.result, messages).map(({ name, always }) => [name, always])).toEqual([
    ["lineId", true],
    ["onLineUserCount", false],
    ["ext", false],
  ]);
});

test("packages can be picked, with what they use of others", async () => {
  const { model, input } = await modelOf("generic");
  expect(model.annotated).toEqual([]);
  expect(model.services.map((service) => service.key)).toEqual([
    "api",
    "groups",
    "delete",
    "shopV1OrderService",
    "empty",
    "shopV2OrderService",
  ]);
  const part = selectPackages(model, ["shop.v2"]);
  expect(part.services.map((service) => service.typeName)).toEqual(["shop.v2.OrderService"]);
  expect(part.messages.map((message) => message.typeName)).toContain("shop.v1.Order.Line");
  expect(part.messages.map((message) => message.typeName)).not.toContain("shop.v1.Chunk");
  expect(
    model.messages
      .find((message) => message.typeName === "shop.v1.Order")
      ?.source.file.endsWith(join(input, "shop/v1/shop.proto").slice(-20)),
  ).toBe(true);
});
