import { describe, expect, it } from "vitest";
import { createNimClient } from "../../src/index.ts";
import { createNimModule } from "../../src/module.ts";
import { KickReason, MessageType, SessionType } from "../../src/protocol.ts";
import { call, invoke } from "./call.ts";
import { createFakeBackend } from "./fake-backend.ts";

/** A module that is logged in, and what its listener of this name heard. */
async function listening(name: string, platform: "ios" | "android" = "ios") {
  const backend = createFakeBackend({});
  const nim = createNimModule({ transport: backend.transport, platform });
  const heard: unknown[] = [];
  invoke(nim, name, (ret: unknown) => heard.push(ret));
  await call(nim, "login", { userId: "1001", password: "secret" });
  return { backend, nim, heard };
}

/** Lets the stream deliver what was sent. */
async function settle(): Promise<void> {
  for (let i = 0; i < 50; i += 1) await Promise.resolve();
  await new Promise((resolve) => setImmediate(resolve));
}

describe("listeners", () => {
  it("get the payload in the module's shape", async () => {
    const { backend, heard } = await listening("onRecvIMMessages");
    const message = {
      messageId: "m",
      messageType: MessageType.TIP,
      from: "1",
      timestamp: 1,
      sessionId: "1",
      sessionType: SessionType.P2P,
    };
    backend.emit({ case: "message", value: { messages: [{ ...message, seq: 3 }] } });
    await settle();
    expect(heard).toStrictEqual([{ messages: [message] }]);
  });

  it("get inlined entities and, where the document says so, status", async () => {
    const teams = await listening("onIMTeamUpdated");
    teams.backend.emit({ case: "teamUpdated", value: { team: { teamId: "7", memberLimit: 200 } } });
    await settle();
    expect(teams.heard).toStrictEqual([{ teamId: "7", level: 200 }]);
    const blacklist = await listening("onBlackListChanged");
    blacklist.backend.emit({ case: "blacklistChanged", value: {} });
    await settle();
    expect(blacklist.heard).toStrictEqual([{ status: true }]);
  });

  it("add up; the same function counts once; one that throws or changes its argument disturbs nobody", async () => {
    const backend = createFakeBackend({});
    const thrown: unknown[] = [];
    const nim = createNimModule({ transport: backend.transport, onListenerError: (error) => thrown.push(error) });
    const heard: unknown[] = [];
    const keep = (ret: unknown): void => {
      heard.push(ret);
    };
    nim.onUserInfoUpdate((ret) => {
      Reflect.set(ret, "account", "spoiled");
      throw new Error("mine");
    });
    nim.onUserInfoUpdate(keep);
    nim.onUserInfoUpdate(keep);
    await call(nim, "login", { userId: "1001", password: "secret" });
    backend.emit({ case: "userUpdated", value: { user: { userId: "1002", nickname: "N", gender: 1 } } });
    await settle();
    expect(heard).toStrictEqual([{ account: "1002", nickName: "N", gender: 1 }]);
    expect(thrown).toEqual([new Error("mine")]);
  });
});

describe("onIMLogin", () => {
  it("counts iOS's steps", async () => {
    const { heard } = await listening("onIMLogin");
    expect(heard).toEqual([1, 2, 4, 5, 7, 8].map((step) => ({ step })));
  });

  it("counts Android's steps, begins with the current one and skips those without a number", async () => {
    const { nim, heard } = await listening("onIMLogin", "android");
    expect(heard).toEqual([1, 3, 4, 6, 5, 6].map((step) => ({ step })));
    const late: unknown[] = [];
    nim.onIMLogin((ret) => late.push(ret));
    expect(late).toEqual([{ step: 6 }]);
  });

  it("begins with the state of a client that was there before", async () => {
    const client = createNimClient({ transport: createFakeBackend({}).transport, platform: "android" });
    await client.auth.login({ userId: "1001", password: "secret" });
    const heard: unknown[] = [];
    createNimModule({ client, platform: "android" }).onIMLogin((ret) => heard.push(ret));
    expect(heard).toEqual([{ step: 6 }]);
  });

  it.each([
    [KickReason.EXCLUSIVE, [{ code: 1 }], [{ step: 7 }]],
    [KickReason.CLIENT, [{ code: 3 }], [{ step: 8 }]],
    // Android has no code for a kick by the server; the step tells of it.
    [KickReason.SERVER, [], [{ step: 7 }]],
  ])("tells Android of kick %i", async (reason, codes, steps) => {
    const { backend, nim, heard } = await listening("onKick", "android");
    const seen: unknown[] = [];
    nim.onIMLogin((ret) => seen.push(ret));
    seen.length = 0;
    backend.emit({ case: "kick", value: { reason } });
    await settle();
    expect(heard).toEqual(codes);
    expect(seen).toEqual(steps);
    expect(nim.isLogined()).toBe(false);
  });
});
