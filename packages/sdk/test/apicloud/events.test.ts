import { describe, expect, it } from "vitest";
import { apicloudTransport } from "../../src/apicloud.ts";
import { createNimClient, type NimClient, type NimEvent } from "../../src/index.ts";
import { moduleEntries } from "../../src/module.ts";
import { KickReason, LoginStep } from "../../src/protocol.ts";
import { createFakeNative, type FakeNative } from "./fake-native.ts";
import { createFakeTimers } from "./fake-timers.ts";

const credentials = { userId: "1001", password: "secret" };
const lists = {
  myFriends: () => ({ ret: { status: true, users: [{ account: "1002", gender: 0 }] } }),
  allMyTeams: () => ({ ret: { status: true, teams: [{ teamId: "7" }] } }),
};
const message = {
  messageId: "m1",
  messageType: 0,
  from: "1002",
  text: "hi",
  sessionId: "1002",
  sessionType: 0,
  timestamp: 1,
};

/** Lets promises run; no time passes. */
async function settle(): Promise<void> {
  for (let i = 0; i < 3; i += 1) await new Promise((resolve) => setImmediate(resolve));
}

interface Phone {
  readonly native: FakeNative;
  readonly client: NimClient;
  readonly events: NimEvent[];
  readonly timers: ReturnType<typeof createFakeTimers>;
}

function phoneOf(answers: Parameters<typeof createFakeNative>[0] = lists, platform: "ios" | "android" = "ios"): Phone {
  const native = createFakeNative(answers);
  const timers = createFakeTimers();
  const transport = apicloudTransport(native.module, { platform, timers, now: () => 1 });
  const client = createNimClient({ transport, platform, timers, random: () => 0 });
  const events: NimEvent[] = [];
  for (const name of ["message", "kick", "loginStep", "teamUpdated"] as const) {
    client.on(name, (value) => events.push({ name, value } as NimEvent));
  }
  return { native, client, events, timers };
}

const steps = (events: readonly NimEvent[]): LoginStep[] =>
  events.flatMap((event) => (event.name === "loginStep" ? [event.value.step] : []));

describe("events of the native module", () => {
  it("reach the client, with relations from the native lists and each listener registered once", async () => {
    const { native, client, events } = phoneOf();
    await client.auth.login(credentials);
    expect([client.isMyFriend("1002"), client.isMyTeam("7"), client.isMyTeam("8")]).toEqual([true, true, false]);
    native.emit("onRecvIMMessages", { messages: [message] });
    await settle();
    expect(events.filter(({ name }) => name === "message")).toMatchObject([{ value: { messages: [message] } }]);
    await client.auth.logout({});
    await client.auth.login(credentials);
    for (const { name, kind } of moduleEntries) if (kind === "listener") expect(native.listeners(name), name).toBe(1);
  });

  it("that come while the login runs are delivered", async () => {
    const phone = phoneOf({
      ...lists,
      login: () => {
        phone.native.emit("onRecvIMMessages", { messages: [message] });
        return { ret: { status: true } };
      },
    });
    await phone.client.auth.login(credentials);
    expect(phone.events.filter(({ name }) => name === "message")).toHaveLength(1);
  });

  it("of an earlier login are not delivered again", async () => {
    const { native, client, events } = phoneOf();
    await client.auth.login(credentials);
    native.emit("onRecvIMMessages", { messages: [message] });
    await settle();
    await client.auth.logout({});
    await client.auth.login({ ...credentials, userId: "1003" });
    expect(events.filter(({ name }) => name === "message")).toHaveLength(1);
  });

  it("lists that the phone refuses or never gives count as empty", async () => {
    const phone = phoneOf({
      myFriends: () => ({ err: { errorCode: 500, errorMessage: "" } }),
      allMyTeams: () => undefined,
    });
    const login = phone.client.auth.login(credentials);
    await settle();
    phone.timers.advance(10_000);
    await login;
    expect(phone.client.isMyFriend("1002")).toBe(false);
  });
});

describe("login steps", () => {
  it("are the client's own; those of the phone are not told twice", async () => {
    const { native, client, events } = phoneOf();
    const login = client.auth.login(credentials);
    for (const step of [1, 2, 4, 5, 7, 8]) native.emit("onIMLogin", { step });
    await login;
    expect(steps(events)).toEqual([
      LoginStep.CONNECTING,
      LoginStep.CONNECTED,
      LoginStep.AUTHENTICATING,
      LoginStep.AUTHENTICATED,
      LoginStep.SYNCING,
      LoginStep.SYNCED,
    ]);
  });

  it("follow a phone that loses its connection, and nothing is lost meanwhile", async () => {
    const { native, client, events, timers } = phoneOf();
    await client.auth.login(credentials);
    native.emit("onIMLogin", { step: 9 });
    await settle();
    expect([client.state, steps(events).at(-1)]).toEqual(["offline", LoginStep.OFFLINE]);
    native.emit("onRecvIMMessages", { messages: [message] });
    timers.advance(1);
    await settle();
    expect([client.state, steps(events).at(-1)]).toEqual(["offline", LoginStep.CONNECTING]);
    native.emit("onIMLogin", { step: "8" });
    await settle();
    expect([client.state, steps(events).at(-1)]).toEqual(["online", LoginStep.SYNCED]);
    expect(events.filter(({ name }) => name === "message")).toHaveLength(1);
  });

  it("stay alive by heartbeats", async () => {
    const { client, timers } = phoneOf();
    await client.auth.login(credentials);
    for (let i = 0; i < 20; i += 1) {
      timers.advance(15_000);
      await settle();
    }
    expect(client.state).toBe("online");
  });
});

describe("a kick", () => {
  it("ends the session", async () => {
    const { native, client, events } = phoneOf();
    await client.auth.login(credentials);
    native.emit("onKick", { code: 1 });
    await settle();
    expect(events.filter(({ name }) => name === "kick")).toMatchObject([{ value: { reason: KickReason.EXCLUSIVE } }]);
    expect([client.state, steps(events).at(-1)]).toEqual(["kicked", LoginStep.KICKED]);
  });

  it("by the server is told by Android as a login step only", async () => {
    const { native, client, events } = phoneOf(lists, "android");
    await client.auth.login(credentials);
    native.emit("onIMLogin", { step: 9 });
    await settle();
    expect(events.filter(({ name }) => name === "kick")).toMatchObject([{ value: { reason: KickReason.SERVER } }]);
    expect(client.state).toBe("kicked");
  });
});

describe("friends and teams", () => {
  it("follow calls", async () => {
    const { client } = phoneOf({ ...lists, createTeam: () => ({ ret: { status: true, teamId: "9" } }) });
    await client.auth.login(credentials);
    await client.friend.requestFriend({ userId: "1003" });
    await client.friend.deleteFriend({ userId: "1002" });
    await client.team.createTeam({ teamName: "T", userIds: ["1002"] });
    await client.team.quitTeam({ teamId: "7" });
    await settle();
    expect([client.isMyFriend("1003"), client.isMyFriend("1002")]).toEqual([true, false]);
    expect([client.isMyTeam("9"), client.isMyTeam("7")]).toEqual([true, false]);
  });

  it("follow events: the answer is new when the listener runs", async () => {
    const { native, client } = phoneOf();
    await client.auth.login(credentials);
    const seen: boolean[] = [];
    client.on("teamUpdated", () => seen.push(client.isMyTeam("8")));
    client.on("teamRemoved", () => seen.push(client.isMyTeam("8")));
    native.emit("onIMTeamUpdated", { teamId: "8" });
    native.emit("onIMTeamRemoved", { teamId: "8" });
    await settle();
    expect(seen).toEqual([true, false]);
  });

  it("are read again after a friend's system message", async () => {
    let friends = ["1002"];
    const { native, client } = phoneOf({
      ...lists,
      myFriends: () => ({ ret: { status: true, users: friends.map((account) => ({ account })) } }),
    });
    await client.auth.login(credentials);
    friends = ["1003"];
    native.emit("onIMSystemMessageRecieved", {
      type: 5,
      sourceID: "1003",
      targetID: "1001",
      timestamp: 1,
      read: false,
    });
    await settle();
    expect([client.isMyFriend("1003"), client.isMyFriend("1002")]).toEqual([true, false]);
  });
});
