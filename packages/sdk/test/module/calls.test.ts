import { Code } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import { createNimClient } from "../../src/index.ts";
import { createNimModule } from "../../src/module.ts";
import { ErrorCode, MessageType, SessionType, TeamMemberType, TeamNotifyType, TeamType } from "../../src/protocol.ts";
import { call, invoke } from "./call.ts";
import { createFakeBackend, type Impls, serverError } from "./fake-backend.ts";

const stored = {
  messageId: "m1",
  messageType: MessageType.TEXT,
  from: "1001",
  text: "hi",
  timestamp: 5,
  sessionId: "1002",
  sessionType: SessionType.P2P,
  serverId: "s1",
  ext: { a: [1, { b: true }] },
};
const team = {
  teamId: "7",
  teamName: "T",
  type: TeamType.ADVANCED,
  memberNumber: 2,
  memberLimit: 200,
  notifyType: TeamNotifyType.MANAGERS,
};

function moduleOf(impls: Impls, options: { platform?: "ios" | "android" | "web"; language?: "zh" | "en" } = {}) {
  return createNimModule({ transport: createFakeBackend(impls).transport, ...options });
}

describe("results", () => {
  it("carry documented fields, status and plain JSON objects, and no extensions", async () => {
    const nim = moduleOf({ message: { sendText: async () => ({ message: stored }) } });
    const { ret, err } = await call(nim, "sendText", { sessionId: "1002", content: "hi" });
    const { serverId: _, ...documented } = stored;
    expect(err).toBeUndefined();
    expect(ret).toStrictEqual({ status: true, message: documented });
  });

  it("wrap a team in an array and number its settings for the platform", async () => {
    const impls: Impls = { team: { teamById: async () => ({ team }) } };
    const shown = { teamId: "7", teamName: "T", type: 1, memberNumber: 2, level: 200 };
    const onIos = await call(moduleOf(impls), "teamById", { teamId: "7" });
    expect(onIos.ret).toStrictEqual({ status: true, message: [{ ...shown, notifyForNewMsg: 2 }] });
    const onAndroid = await call(moduleOf(impls, { platform: "android" }), "teamById", { teamId: "7" });
    expect(onAndroid.ret).toStrictEqual({ status: true, message: [{ ...shown, notifyForNewMsg: 1 }] });
  });

  it("leave out what only the other platform has", async () => {
    const member = { teamId: "7", userId: "1", type: TeamMemberType.NORMAL, inviterId: "2" };
    const impls: Impls = { team: { fetchTeamMembers: async () => ({ members: [member] }) } };
    const onIos = await call(moduleOf(impls), "fetchTeamMembers", { teamId: "7" });
    expect(onIos.ret).toStrictEqual({ status: true, message: [{ teamId: "7", userId: "1", type: 0, invitor: "2" }] });
    const onAndroid = await call(moduleOf(impls, { platform: "android" }), "fetchTeamMembers", { teamId: "7" });
    expect(onAndroid.ret).toStrictEqual({ status: true, message: [{ teamId: "7", userId: "1", type: 0 }] });
  });

  it("put the fields of an inlined message beside their siblings", async () => {
    const nim = moduleOf({
      chatRoom: {
        getChatRoomHistoryMsg: async () => ({ messages: [{ message: stored, eventType: 301, operator: "x" }] }),
      },
    });
    const { ret } = await call(nim, "getChatRoomHistoryMsg", { roomId: "1" });
    expect(ret).toMatchObject({ message: [{ messageId: "m1", eventType: 301, operator: "x" }] });
  });

  it("use status for the answer where the document does", async () => {
    const nim = moduleOf({ user: { isUserInBlackList: async () => ({ isInBlackList: false }) } });
    expect((await call(nim, "isUserInBlackList", { userId: "1" })).ret).toStrictEqual({ status: false });
  });

  it("keep empty lists, and write no call as an empty id", async () => {
    const nim = moduleOf({ team: { allMyTeams: async () => ({}) }, call: { currentCallId: async () => ({}) } });
    expect((await call(nim, "allMyTeams")).ret).toStrictEqual({ status: true, teams: [] });
    expect((await call(nim, "currentCallID")).ret).toStrictEqual({ status: true, callID: "" });
  });

  it("report an empty list of sessions as an error, as the document says", async () => {
    const nim = moduleOf({ session: { allRecentSession: async () => ({}) } });
    expect(await call(nim, "allRecentSession")).toEqual({
      ret: undefined,
      err: { errorCode: -1, errorMessage: expect.stringMatching(/./) },
    });
  });

  it("come once per step of a playback", async () => {
    const nim = moduleOf({
      audio: {
        async *playAudio() {
          yield { eventType: 1 };
          yield { eventType: 2 };
        },
      },
    });
    const steps: unknown[] = [];
    await new Promise<void>((resolve) => {
      nim.playAudio({ filePath: "fs://a" }, (ret, err) => {
        steps.push(ret ?? err);
        if (ret.evenType === "end") resolve();
      });
    });
    expect(steps).toEqual([
      { status: true, evenType: "start" },
      { status: true, evenType: "end" },
    ]);
  });

  it("share nothing with what the app changes later, before or after", async () => {
    const seen: unknown[] = [];
    const nim = moduleOf({
      message: {
        sendText: async ({ content }) => {
          seen.push(content);
          return { message: stored };
        },
      },
    });
    const params = { sessionId: "1002", content: "before" };
    const answer = call(nim, "sendText", params);
    params.content = "after";
    await answer;
    expect(seen).toEqual(["before"]);
  });
});

describe("errors", () => {
  const impls: Impls = {
    message: {
      sendText: async () => {
        throw serverError(ErrorCode.MISSING_ARGUMENT, Code.InvalidArgument, "session_id");
      },
    },
    team: {
      kickUsers: async () => {
        throw serverError(ErrorCode.TEAM_NO_PERMISSION, Code.PermissionDenied, "user_ids[0]");
      },
    },
    auth: {
      logout: async () => {
        throw serverError(ErrorCode.TIMEOUT, Code.Unauthenticated);
      },
    },
  };

  it("carry code and text in the chosen language, and name the argument as the module does", async () => {
    expect(await call(moduleOf(impls), "sendText", {})).toEqual({
      ret: undefined,
      err: { errorCode: -1, errorMessage: "中文 -1 (sessionId)" },
    });
    expect((await call(moduleOf(impls, { language: "en" }), "kickUsers", {})).err).toEqual({
      errorCode: 802,
      errorMessage: "en 802 (users[0])",
    });
  });

  it("of a logout exist on iOS only", async () => {
    expect((await call(moduleOf(impls), "logout")).err).toMatchObject({ errorCode: 408 });
    expect(await call(moduleOf(impls, { platform: "android" }), "logout")).toEqual({
      ret: { status: true },
      err: undefined,
    });
  });

  it("of the app's callbacks are reported and stop nobody", async () => {
    const thrown: unknown[] = [];
    const nim = createNimModule({
      client: createNimClient({ transport: createFakeBackend({ team: { allMyTeams: async () => ({}) } }).transport }),
      onListenerError: (error) => thrown.push(error),
    });
    nim.allMyTeams(() => {
      throw new Error("mine");
    });
    expect((await call(nim, "allMyTeams")).err).toBeUndefined();
    expect(thrown).toEqual([new Error("mine")]);
    expect(invoke(nim, "allMyTeams")).toBeUndefined();
  });
});

describe("synchronous entries", () => {
  it("answer from what login fetched", async () => {
    const backend = createFakeBackend({}, { friends: ["1002"], teams: ["7"] });
    const nim = createNimModule({ transport: backend.transport });
    expect(nim.isLogined()).toBe(false);
    expect((await call(nim, "login", { userId: "1001", password: "secret" })).ret).toStrictEqual({
      status: true,
      userId: "1001",
    });
    expect([nim.isLogined(), nim.isMyFriend({ account: "1002" }), nim.isMyFriend({ account: "1003" })]).toEqual([
      true,
      true,
      false,
    ]);
    expect([nim.isMyTeam({ teamId: "7" }), invoke(nim, "isMyFriend", { userId: "1002" })]).toEqual([true, true]);
    expect([invoke(nim, "isMyTeam", { teamId: 7 }), invoke(nim, "isMyTeam"), invoke(nim, "isMyTeam", 5)]).toEqual([
      true,
      false,
      false,
    ]);
    await call(nim, "logout");
    expect(nim.isLogined()).toBe(false);
  });
});
