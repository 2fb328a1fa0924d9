import { create, fromJson, type JsonObject } from "@bufbuild/protobuf";
import {
  EnterChatRoomRequestSchema,
  LoginRequestSchema,
  SendTextRequestSchema,
  SubscribeResponseSchema,
} from "@nimkit/sdk/protocol";
import { describe, expect, test } from "vitest";
import type { EnterChatRoomCommand, LoginCommand, SendTextCommand, SubscribeReply } from "../../src/gen/commands.ts";
import { toCommand, toMessage } from "../../src/services/plain.ts";

describe("toCommand", () => {
  test("fills in declared defaults and leaves out what is not set", () => {
    const command = toCommand<LoginCommand>(LoginRequestSchema, create(LoginRequestSchema, { userId: "a" }));
    expect(command).toEqual({ userId: "a", auto: false });
    expect(Object.keys(command)).not.toContain("password");
  });

  test("keeps what is set to its zero", () => {
    const set = create(SendTextRequestSchema, { sessionId: "", content: "" });
    expect(toCommand<SendTextCommand>(SendTextRequestSchema, set)).toMatchObject({ sessionId: "", content: "" });
  });

  test("gives plain objects all the way down", () => {
    const frame = create(SubscribeResponseSchema, {
      frame: { case: "relations", value: { full: true, friendsAdded: ["b"] } },
    });
    const plain = toCommand<SubscribeReply>(SubscribeResponseSchema, frame);
    expect(plain).toEqual({
      frame: {
        case: "relations",
        value: { full: true, friendsAdded: ["b"], friendsRemoved: [], teamsAdded: [], teamsRemoved: [] },
      },
    });
    expect(structuredClone(plain)).toEqual(plain);
  });

  test("keeps keys of users' JSON that mean something to JavaScript", () => {
    const json: unknown = JSON.parse('{"roomId":"3002","extension":{"__proto__":{"a":1},"constructor":2}}');
    const request = fromJson(EnterChatRoomRequestSchema, json as JsonObject);
    const command = toCommand<EnterChatRoomCommand>(EnterChatRoomRequestSchema, request);
    expect(Object.keys(command.extension ?? {})).toEqual(["__proto__", "constructor"]);
  });
});

describe("toMessage", () => {
  test("is the way back", () => {
    const plain: SubscribeReply = {
      frame: {
        case: "relations",
        value: { full: true, friendsAdded: ["b"], friendsRemoved: [], teamsAdded: [], teamsRemoved: [] },
      },
    };
    const message = toMessage(SubscribeResponseSchema, plain);
    expect(toCommand<SubscribeReply>(SubscribeResponseSchema, message)).toEqual(plain);
  });
});
