import { describe, expect, it } from "vitest";
import { createNimModule } from "../../src/module.ts";
import { SystemMessageStatus, TeamNotifyType } from "../../src/protocol.ts";
import { call } from "./call.ts";
import { createFakeBackend, type Impls } from "./fake-backend.ts";

/** Calls an entry and tells what reached the service. */
async function received(platform: "ios" | "android", name: string, params: unknown): Promise<unknown> {
  const seen: unknown[] = [];
  const keep = async (request: { $typeName: string }) => {
    const { $typeName: _, ...fields } = request;
    seen.push(fields);
    return {};
  };
  const impls: Impls = {
    message: { sendText: keep, revokeMessage: keep, fetchMessageHistory: keep, queryMessageHistoryByTypes: keep },
    call: { startCall: keep },
    callMedia: { initCallRemoteView: keep, setCallMute: keep },
    team: { createTeam: keep, updateNotifyStateForTeam: keep, addUsers: keep },
    user: { updateMyUserInfo: keep, fetchUserInfos: keep },
    chatRoom: { setAdmin: keep },
    systemMessage: { setSystemMessageStatus: keep },
  };
  const { err } = await call(
    createNimModule({ transport: createFakeBackend(impls).transport, platform, language: "en" }),
    name,
    params,
  );
  return err ?? seen[0];
}

describe("parameters", () => {
  it("take text for numbers, booleans and JSON objects", async () => {
    const params = { sessionId: 1002, sessionType: "1", limit: "50", sync: "true", startTime: "7", unknown: 1 };
    expect(await received("ios", "fetchMessageHistory", params)).toMatchObject({
      sessionId: "1002",
      sessionType: 1,
      limit: 50,
      sync: true,
      startTime: 7,
    });
    expect(await received("ios", "sendText", { sessionId: "1", content: "x", ext: '{"a":1}' })).toMatchObject({
      ext: { a: 1 },
    });
    expect(await received("ios", "setCallMute", { mute: "false" })).toMatchObject({ mute: false });
  });

  it("take a JSON object where the module wants its text", async () => {
    expect(await received("ios", "startCall", { callees: ["2"], ext: { a: 1 } })).toMatchObject({ ext: '{"a":1}' });
    expect(await received("ios", "startCall", { callees: ["2"], ext: "plain" })).toMatchObject({ ext: "plain" });
  });

  it("go by the module's spelling, its aliases and the good name", async () => {
    for (const params of [
      { name: "T", users: ["1"] },
      { teamName: "T", userIds: ["1"] },
    ]) {
      expect(await received("ios", "createTeam", params)).toMatchObject({ teamName: "T", userIds: ["1"] });
    }
    expect(await received("ios", "setAdmin", { roomId: "1", userIds: "2" })).toMatchObject({ userId: "2" });
    expect(await received("ios", "updateMyUserInfo", { nickname: "N", avatar: "http://a" })).toMatchObject({
      nickname: "N",
      avatarUrl: "http://a",
    });
  });

  it("nest", async () => {
    const params = { remoteRect: { x: "1", w: 2 }, localRect: {} };
    expect(await received("ios", "initCallRemoteView", params)).toMatchObject({ remoteRect: { x: 1, w: 2 } });
  });

  it("use the platform's numbers and leave out what it does not have", async () => {
    const notify = { teamId: "7", teamMessageNotifyType: 1 };
    expect(await received("ios", "updateNotifyStateForTeam", notify)).toMatchObject({
      notifyType: TeamNotifyType.NONE,
    });
    expect(await received("android", "updateNotifyStateForTeam", notify)).toMatchObject({
      notifyType: TeamNotifyType.MANAGERS,
    });
    const status = { messageId: "1", messageStatus: 100 };
    expect(await received("android", "setSystemMessageStatus", status)).toMatchObject({
      messageStatus: SystemMessageStatus.EXTENSION1,
    });
    const invite = { teamId: "7", users: ["1"], postscript: "hi" };
    expect(await received("ios", "addUsers", invite)).toMatchObject({ postscript: "hi" });
    expect(await received("android", "addUsers", invite)).not.toHaveProperty("postscript");
  });

  it("ignore extensions, null and undefined", async () => {
    const params = { sessionId: "1", content: "x", messageId: "mine", ext: null, sessionType: undefined };
    const request = await received("ios", "sendText", params);
    expect(request).not.toHaveProperty("messageId", "mine");
    expect(request).not.toHaveProperty("ext");
  });

  it.each([
    ["sendText", { sessionId: {}, content: "x" }, "sessionId"],
    ["sendText", { sessionId: "1", content: "x", ext: "no json" }, "ext"],
    ["sendText", { sessionId: "1", content: "x", ext: [1] }, "ext"],
    ["sendText", { sessionId: "1", content: "x", sessionType: "p2p" }, "sessionType"],
    ["fetchMessageHistory", { sessionId: "1", limit: "many" }, "limit"],
    ["fetchMessageHistory", { sessionId: "1", sync: "yes" }, "sync"],
    ["createTeam", { name: "T", users: "1001" }, "users"],
    ["createTeam", { name: "T", users: ["1", true] }, "users[1]"],
    ["initCallRemoteView", { remoteRect: 5, localRect: {} }, "remoteRect"],
    ["initCallRemoteView", { remoteRect: { x: "left" }, localRect: {} }, "remoteRect.x"],
    ["sendText", "text", "params"],
  ])("%s(%j) gives -1 that names %s", async (name, params, path) => {
    expect(await received("ios", name, params)).toEqual({ errorCode: -1, errorMessage: expect.stringContaining(path) });
  });

  it("give 414 for a number that the field cannot hold", async () => {
    expect(await received("ios", "fetchMessageHistory", { sessionId: "1", limit: -1 })).toEqual({
      errorCode: 414,
      errorMessage: expect.stringContaining("limit"),
    });
  });
});
