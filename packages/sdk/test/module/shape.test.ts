import { create, type DescMessage, equals, toJson } from "@bufbuild/protobuf";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { listenerEntries, payloadOf, rpcs } from "../../src/module/entries.ts";
import type { ModulePlatform } from "../../src/module/platform.ts";
import { fromModule, toModule } from "../../src/module/shape.ts";
import { project } from "../../src/module.ts";
import {
  FriendOperation,
  LoginStep,
  LoginStepChangedSchema,
  MessageSchema,
  SystemMessageReceivedSchema,
  TeamSchema,
} from "../../src/protocol.ts";
import { messageOf } from "./arbitrary.ts";

const RUNS = 15;

const carried: readonly DescMessage[] = [
  ...[...rpcs.values()]
    .filter(({ entry }) => entry !== undefined)
    .flatMap(({ method }) => [method.input, method.output]),
  ...listenerEntries.map(payloadOf),
  // Android gives two of its steps one number, which no way back can tell apart; see below.
].filter(({ typeName }) => typeName !== LoginStepChangedSchema.typeName);

describe.each<ModulePlatform>(["ios", "android"])("shapes on %s", (platform) => {
  it("of every request, response and event survive the way to the module and back", () => {
    for (const schema of carried) {
      fc.assert(
        fc.property(messageOf(schema, platform), (message) => {
          const shown = toModule(schema, message, platform);
          // The module's side is plain JSON: a native bridge carries nothing else.
          const back = fromModule(schema, JSON.parse(JSON.stringify(shown)), platform);
          const told = (): string => `${JSON.stringify(toJson(schema, message))} became ${JSON.stringify(shown)}`;
          expect(equals(schema, back, message), told()).toBe(true);
          expect(equals(schema, project(platform, message, schema), message), told()).toBe(true);
        }),
        { numRuns: RUNS, seed: 20180606 },
      );
    }
  });
});

describe("project", () => {
  it("drops extensions and the other platform's fields", () => {
    const message = { messageId: "m", timestamp: 1, serverId: "s", seq: 4, ext: { a: 1 } };
    expect(project("ios", message, MessageSchema)).toEqual(
      create(MessageSchema, { messageId: "m", timestamp: 1, ext: { a: 1 } }),
    );
    const received = {
      systemMessage: { messageId: "1", postscript: "please", friendOperation: FriendOperation.REQUEST },
    };
    const shown = project("web", received, SystemMessageReceivedSchema).systemMessage;
    expect(shown?.postscript).toBe("please");
    expect(project("android", received, SystemMessageReceivedSchema).systemMessage?.postscript).toBe("");
    expect(shown?.friendOperation).toBe(FriendOperation.UNSPECIFIED);
  });

  it("makes one of two values that a platform gives one number", () => {
    const on = (platform: ModulePlatform, step: LoginStep) => project(platform, { step }, LoginStepChangedSchema).step;
    expect(on("ios", LoginStep.AUTHENTICATED)).toBe(LoginStep.AUTHENTICATED);
    expect(on("android", LoginStep.AUTHENTICATED)).toBe(on("android", LoginStep.SYNCED));
  });

  it("does not touch its input", () => {
    const team = create(TeamSchema, { teamId: "7", muteMode: 1 });
    project("ios", team, TeamSchema);
    expect(team.muteMode).toBe(1);
  });
});

describe("lenient reading", () => {
  it("leaves a value of the wrong kind unset", () => {
    const native = { messageId: 7, timestamp: "soon", ext: "{broken", duration: -1, text: "t", messageType: "" };
    expect(fromModule(MessageSchema, native, "ios", "lenient")).toEqual(
      create(MessageSchema, { messageId: "7", text: "t" }),
    );
  });
});
