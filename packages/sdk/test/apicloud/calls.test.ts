import { Code } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import { apicloudCapabilities, apicloudTransport } from "../../src/apicloud.ts";
import { createNimClient, type NimClient, NimError } from "../../src/index.ts";
import { DownloadEvent, TeamNotifyType } from "../../src/protocol.ts";
import { createFakeNative, type FakeNative } from "./fake-native.ts";

function clientOf(native: FakeNative, platform: "ios" | "android" = "ios"): NimClient {
  return createNimClient({ transport: apicloudTransport(native.module, { platform }), platform });
}

async function failure(run: Promise<unknown>): Promise<NimError> {
  const error: unknown = await run.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof NimError) return error;
  throw new Error("the call did not fail as it should");
}

describe("calls over the native module", () => {
  it("use its names, numbers and shapes both ways", async () => {
    const native = createFakeNative({
      teamById: () => ({ ret: { status: true, message: [{ teamId: "7", level: 200, notifyForNewMsg: 1, extra: 1 }] } }),
      removeFromBlackBlackList: () => ({ ret: { status: true } }),
    });
    const client = clientOf(native, "android");
    const { team } = await client.team.teamById({ teamId: "7" });
    expect(team).toMatchObject({ teamId: "7", memberLimit: 200, notifyType: TeamNotifyType.MANAGERS });
    await client.team.updateNotifyStateForTeam({ teamId: "7", notifyType: TeamNotifyType.NONE });
    await client.user.removeFromBlackList({ userId: "1" });
    expect(native.calls).toEqual([
      { name: "teamById", params: { teamId: "7" } },
      { name: "updateNotifyStateForTeam", params: { teamId: "7", teamMessageNotifyType: 2 } },
      { name: "removeFromBlackBlackList", params: { userId: "1" } },
    ]);
  });

  it("write declared defaults out and keep the client's own id here", async () => {
    const message = { messageId: "native", messageType: 0, text: "hi", ext: '{"a":1}' };
    const native = createFakeNative({ sendText: () => ({ ret: { status: true, message } }) });
    const answer = await clientOf(native).message.sendText({ sessionId: "2", content: "hi", ext: { a: 1 } });
    expect(answer.message).toMatchObject({ messageId: "native", text: "hi", ext: { a: 1 } });
    expect(native.calls).toEqual([
      { name: "sendText", params: { sessionId: "2", sessionType: 0, content: "hi", ext: { a: 1 } } },
    ]);
  });

  it("give the native error's code and words", async () => {
    const native = createFakeNative({ kickUsers: () => ({ err: { errorCode: 802, errorMessage: "没有权限" } }) });
    const error = await failure(clientOf(native).team.kickUsers({ teamId: "7", userIds: ["1"] }));
    expect(error).toMatchObject({ code: 802, textZh: "没有权限", connectCode: Code.PermissionDenied });
    expect(error.textEn).not.toBe("");
  });

  it("take 808 and 810 as success, and -1 as the empty list of sessions", async () => {
    const native = createFakeNative({
      applyToTeam: () => ({ err: { errorCode: 808, errorMessage: "" } }),
      addUsers: () => ({ err: { errorCode: "810", errorMessage: "" } }),
      allRecentSession: () => ({ err: { errorCode: -1, errorMessage: "无最近会话消息" } }),
    });
    const client = clientOf(native);
    expect((await client.team.applyToTeam({ teamId: "7" })).pending).toBe(true);
    expect((await client.team.addUsers({ teamId: "7", userIds: ["1"] })).pending).toBe(true);
    expect((await client.session.allRecentSession({})).sessions).toEqual([]);
  });

  it("fail for status false without an error, and for a module that throws", async () => {
    const native = createFakeNative({
      quitTeam: () => ({ ret: { status: false } }),
      stopPlay: () => {
        throw new Error("boom");
      },
    });
    const client = clientOf(native);
    expect((await failure(client.team.quitTeam({ teamId: "7" }))).code).toBe(500);
    expect((await failure(client.audio.stopPlay({}))).message).toContain("boom");
  });

  it("call synchronous entries and take bare booleans", async () => {
    const native = createFakeNative();
    expect((await clientOf(native).friend.isMyFriend({ userId: "2" })).isMyFriend).toBe(true);
    expect(native.calls).toEqual([{ name: "isMyFriend", params: { account: "2" } }]);
  });

  it("stream the steps of a download until complete, or until it is aborted", async () => {
    const native = createFakeNative({ downloadAttachment: () => undefined });
    const client = clientOf(native);
    const seen: number[] = [];
    const read = async (): Promise<void> => {
      for await (const { eventType } of client.message.downloadAttachment({ messageId: "m" })) seen.push(eventType);
    };
    const complete = read();
    await Promise.resolve();
    for (let i = 0; i < 50; i += 1) await Promise.resolve();
    native.progress("downloadAttachment", { ret: { status: true, evenType: "Start", progress: 0 } });
    native.progress("downloadAttachment", { ret: { status: true, evenType: "Complete", progress: 1 } });
    await complete;
    expect(seen).toEqual([DownloadEvent.START, DownloadEvent.COMPLETE]);
    const aborted = read();
    for (let i = 0; i < 50; i += 1) await Promise.resolve();
    await client.message.abortDownloadAttachment({});
    await aborted;
    expect(native.calls.at(-1)).toEqual({ name: "abortDownloadAttachment", params: undefined });
  });

  it("end a stream with the native error", async () => {
    const native = createFakeNative({ playAudio: () => ({ err: { errorCode: 5, errorMessage: "unreadable" } }) });
    const read = async (): Promise<void> => {
      for await (const _ of clientOf(native).audio.playAudio({ filePath: "fs://a" }));
    };
    expect((await failure(read())).code).toBe(5);
  });

  it("reject, before anything happens, what the module does not have", async () => {
    const native = createFakeNative();
    Reflect.deleteProperty(native.module, "enablePushService");
    const client = clientOf(native);
    const errors = [
      await failure(client.message.sendCustom({ sessionId: "2", attachment: { a: 1 } })),
      await failure(client.push.enablePushService({ enable: true })),
      await failure(client.message.fetchMessageHistory({ sessionId: "2", beginTime: 5 })),
    ];
    for (const error of errors)
      expect(error).toMatchObject({ connectCode: Code.Unimplemented, message: expect.stringContaining("unsupported") });
    expect(native.calls).toEqual([]);
  });

  it("do not wait for an answer that Android never gives", async () => {
    const native = createFakeNative({ fetchMessageHistory: () => undefined });
    const history = clientOf(native, "android").message.fetchMessageHistory({ sessionId: "2" });
    expect(await failure(history)).toMatchObject({ code: 408, connectCode: Code.Unauthenticated });
  });
});

describe("apicloudCapabilities", () => {
  it("tells what is native, derived and unsupported", () => {
    const capabilities = apicloudCapabilities();
    expect(capabilities["message.sendText"]).toBe("native");
    expect(capabilities["event.subscribe"]).toBe("derived");
    expect(capabilities["message.sendCustom"]).toBe("unsupported");
    expect(Object.values(capabilities).filter((capability) => capability === "native")).toHaveLength(103);
  });

  it("looks at the module that is there", () => {
    const { module } = createFakeNative();
    Reflect.deleteProperty(module, "sendTips");
    expect(apicloudCapabilities(module)["message.sendTips"]).toBe("unsupported");
  });
});
