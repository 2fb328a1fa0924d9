import { FriendOperation, Gender, SessionType, SystemMessageType } from "@nimkit/sdk/protocol/enums";
import { describe, expect, test } from "vitest";
import { UNLIMITED_PLAN } from "../../src/engine/policy.ts";
import { defaultSeed } from "../../src/seed/default-seed.ts";
import { mergeSeeds } from "../../src/seed/merge-seeds.ts";
import { replay } from "./fold-journal.ts";
import { codeOf, row, START, testBackend } from "./kit.ts";

describe("B.11 user info", () => {
  test(row("B.11", "an update is partial: absent stays, empty clears; own devices are told"), () => {
    const b = testBackend();
    const ann = b.login("1001");
    b.execute("user.updateMyUserInfo", { sign: "hello", gender: Gender.FEMALE, ext: { a: 1 } }, ann);
    b.execute("user.updateMyUserInfo", { nickname: "Anna", sign: "" }, ann);
    const profile = { userId: "1001", nickname: "Anna", gender: Gender.FEMALE, ext: '{"a":1}' };
    expect(b.execute("user.fetchUserInfos", { userIds: ["1001"] }, ann).users).toEqual([profile]);
    expect(b.told(ann, "userUpdated").at(-1)).toEqual({ case: "userUpdated", value: { user: profile } });
  });

  test.each([
    ["email", { email: "a@b.cn" }, undefined],
    ["email without @", { email: "nobody" }, 414],
    ["email of 65", { email: `${"a".repeat(60)}@b.cn` }, 405],
    ["mobile", { mobile: "+86 138-0000" }, undefined],
    ["mobile with letters", { mobile: "call me" }, 414],
    ["birth", { birth: "2000-02-29" }, undefined],
    ["birth that is no day", { birth: "2001-02-29" }, 414],
    ["birth in another form", { birth: "29.2.2000" }, 414],
    ["avatar over http", { avatarUrl: "http://x.cn/a.png" }, undefined],
    ["avatar of another scheme", { avatarUrl: "javascript:alert(1)" }, 414],
    ["nickname of 65", { nickname: "x".repeat(65) }, 405],
    ["ext of 1025", { ext: { k: "x".repeat(1017) } }, 405],
  ] as const)(row("B.11", "%s"), (_rule, command, code) => {
    const b = testBackend();
    const ann = b.login("1001");
    expect(codeOf(() => b.execute("user.updateMyUserInfo", command, ann))).toBe(code);
  });

  test(row("C", "150 users of one fetch; unknown ones are left out"), () => {
    const b = testBackend();
    const ann = b.login("1001");
    const ids = (count: number) => Array.from({ length: count }, (_, i) => `${1001 + i}`);
    expect(b.execute("user.fetchUserInfos", { userIds: ids(150) }, ann).users).toHaveLength(3);
    expect(codeOf(() => b.execute("user.fetchUserInfos", { userIds: ids(151) }, ann))).toBe(414);
  });

  test("userInfo tells how the caller treats the user", () => {
    const b = testBackend();
    const ann = b.login("1001");
    b.execute("user.updateNotifyStateForUser", { userId: "1002", notify: false }, ann);
    b.execute("user.addToBlackList", { userId: "1002" }, ann);
    expect(b.execute("user.userInfo", { userId: "1002" }, ann)).toEqual({
      userId: "1002",
      notifyForNewMsg: false,
      isInMyBlackList: true,
      userInfo: { userId: "1002", nickname: "Ben", gender: Gender.UNKNOWN },
    });
    expect(codeOf(() => b.execute("user.userInfo", { userId: "nobody" }, ann))).toBe(404);
  });
});

describe("B.11 who learns of a change", () => {
  /** Ann is called Anna from now on; what Ben's phone shows of her. */
  function renamed() {
    const b = testBackend({ seed: mergeSeeds(defaultSeed, { friends: [["1001", "1002"]] }) });
    const [ann, ben] = [b.login("1001"), b.login("1002")];
    b.execute("user.updateMyUserInfo", { nickname: "Anna" }, ann);
    const shown = (actor = ben) => [
      b.execute("user.userInfo", { userId: "1001" }, actor).userInfo.nickname,
      b.execute("friend.myFriends", {}, actor).users[0]?.nickname,
    ];
    return { b, ann, ben, shown };
  }

  test(row("B.11", "others show the old profile until then, and are told nothing"), () => {
    const { b, ben, shown } = renamed();
    expect([shown(), b.told(ben, "userUpdated")]).toEqual([["Ann", "Ann"], []]);
  });

  test(row("B.11", "a fetch refreshes without an event, on the device that fetched"), () => {
    const { b, ben, shown } = renamed();
    const desk = b.login("1002", "desk", "web");
    b.execute("user.updateMyUserInfo", { nickname: "Annika" }, b.login("1001"));
    const { users } = b.execute("user.fetchUserInfos", { userIds: ["1001", "1001"] }, ben);
    expect(users.map((user) => user.nickname)).toEqual(["Annika"]);
    expect([shown(), shown(desk)]).toEqual([
      ["Annika", "Annika"],
      ["Anna", "Anna"],
    ]);
    expect([b.told(ben, "userUpdated"), b.told(desk, "userUpdated")]).toEqual([[], []]);
    replay(b.journal, b.control.digest());
  });

  test.each([
    ["to him", "1002", SessionType.P2P],
    ["to a team", "64430396", SessionType.TEAM],
  ] as const)(row("B.11", "a message %s brings it along, once"), (_, to, sessionType) => {
    const { b, ann, ben, shown } = renamed();
    b.text(ann, to, "one", { sessionType });
    b.text(ann, to, "two", { sessionType });
    const user = { userId: "1001", nickname: "Anna", gender: Gender.UNKNOWN };
    expect(b.told(ben).map(({ case: name }) => name)).toEqual(["userUpdated", "message", "message"]);
    expect(b.told(ben, "userUpdated")).toEqual([{ case: "userUpdated", value: { user } }]);
    expect(shown()).toEqual(["Anna", "Anna"]);
    replay(b.journal, b.control.digest());
  });

  test(row("B.11", "a login reads it anew"), () => {
    const { b, ben, shown } = renamed();
    b.execute("auth.logout", {}, ben);
    b.login("1002");
    expect([shown(), b.told(ben, "userUpdated")]).toEqual([["Anna", "Anna"], []]);
  });

  test(row("B.11", "own devices know at once; the app's server changes profiles as quietly as users do"), () => {
    const { b, ann, ben, shown } = renamed();
    expect(b.execute("user.userInfo", { userId: "1001" }, ann).userInfo.nickname).toBe("Anna");
    b.control.seed({ accounts: [{ userId: "1001", nickname: "Annabel" }] });
    b.control.seed({ accounts: [{ userId: "1001", nickname: "Annabel" }] });
    expect(shown()).toEqual(["Ann", "Ann"]);
    b.text(ann, "1002", "hi");
    expect([shown(), b.told(ben, "userUpdated").length]).toEqual([["Annabel", "Annabel"], 1]);
  });

  test("a device that missed very many changes shows an old one of those that are kept", () => {
    const { b, ann, ben } = renamed();
    for (let i = 0; i < 101; i++) b.execute("user.updateMyUserInfo", { nickname: `Ann ${i}` }, ann);
    // Ann and Anna are forgotten, so the oldest that is known stands for them.
    expect(b.execute("user.userInfo", { userId: "1001" }, ben).userInfo.nickname).toBe("Ann 0");
  });
});

describe("B.7 lists", () => {
  test(row("B.7", "blacklist: own devices are told, friendship stays, repeating changes nothing"), () => {
    const b = testBackend({ seed: mergeSeeds(defaultSeed, { friends: [["1001", "1002"]] }) });
    const [ann, ben] = [b.login("1001"), b.login("1002")];
    b.execute("user.addToBlackList", { userId: "1002" }, ann);
    b.execute("user.addToBlackList", { userId: "1002" }, ann);
    expect(b.told(ann, "blacklistChanged")).toHaveLength(1);
    expect(b.told(ben)).toEqual([]);
    expect(b.execute("user.myBlackList", {}, ann).users.map((u) => u.userId)).toEqual(["1002"]);
    expect(b.execute("friend.isMyFriend", { userId: "1002" }, ann)).toEqual({ isMyFriend: true });
    b.execute("user.removeFromBlackList", { userId: "1002" }, ann);
    expect(b.execute("user.isUserInBlackList", { userId: "1002" }, ann)).toEqual({ isInBlackList: false });
    expect(codeOf(() => b.execute("user.addToBlackList", { userId: "nobody" }, ann))).toBe(404);
    expect(codeOf(() => b.execute("user.addToBlackList", { userId: "1001" }, ann))).toBe(414);
  });

  test(row("C", "3000 blacklisted, then 419"), () => {
    const accounts = Array.from({ length: 3001 }, (_, i) => ({ userId: `u${i}` }));
    const blacklist = accounts.slice(1).map((account) => account.userId);
    const me = { userId: "1001", password: "1qaz2wsx", blacklist };
    const b = testBackend({ seed: { accounts: [...accounts, me] } });
    const ann = b.login("1001");
    expect(codeOf(() => b.execute("user.addToBlackList", { userId: "u0" }, ann))).toBe(419);
  });

  test(row("B.7", "mute list: messages still arrive and count"), () => {
    const b = testBackend();
    const [ann, ben] = [b.login("1001"), b.login("1002")];
    b.execute("user.updateNotifyStateForUser", { userId: "1002", notify: false }, ann);
    expect(b.execute("user.notifyForNewMsgForUser", { userId: "1002" }, ann)).toEqual({ notifyForNewMsg: false });
    expect(b.execute("user.myMuteUserList", {}, ann).users.map((u) => u.userId)).toEqual(["1002"]);
    b.text(ben, "1001", "hi");
    expect(b.told(ann, "message")).toHaveLength(1);
    expect(b.execute("session.allRecentSession", {}, ann).sessions[0]?.unreadCount).toBe(1);
    b.execute("user.updateNotifyStateForUser", { userId: "1002", notify: true }, ann);
    expect(b.execute("user.myMuteUserList", {}, ann).users).toEqual([]);
  });
});

describe("B.8 friends", () => {
  test.each([
    [FriendOperation.ADD, true],
    [FriendOperation.REQUEST, false],
    [FriendOperation.ACCEPT, true],
    [FriendOperation.REJECT, false],
  ])(row("B.8", "operation %i: the peer gets type 5; friends afterwards: %s"), (operation, friends) => {
    const b = testBackend();
    const [ann, ben] = [b.login("1001"), b.login("1002")];
    b.execute("friend.requestFriend", { userId: "1002", operation, message: "hello" }, ann);
    expect(b.told(ben, "systemMessage")).toMatchObject([
      {
        value: {
          systemMessage: {
            type: SystemMessageType.FRIEND,
            friendOperation: operation,
            sourceId: "1001",
            targetId: "1002",
            postscript: "hello",
            timestamp: START,
            read: false,
          },
        },
      },
    ]);
    expect(b.execute("friend.isMyFriend", { userId: "1002" }, ann)).toEqual({ isMyFriend: friends });
    expect(b.execute("friend.isMyFriend", { userId: "1001" }, ben)).toEqual({ isMyFriend: friends });
  });

  test(row("B.8", "request, then accept"), () => {
    const b = testBackend({ policy: { strictFriendAccept: true } });
    const [ann, ben] = [b.login("1001"), b.login("1002")];
    const answer = { userId: "1001", operation: FriendOperation.ACCEPT };
    expect(codeOf(() => b.execute("friend.requestFriend", answer, ben))).toBe(509);
    b.execute("friend.requestFriend", { userId: "1002", operation: FriendOperation.REQUEST }, ann);
    b.execute("friend.requestFriend", answer, ben);
    expect(b.execute("friend.myFriends", {}, ann).users.map((u) => u.userId)).toEqual(["1002"]);
    expect(codeOf(() => b.execute("friend.requestFriend", answer, ben))).toBe(509);
  });

  test(row("B.8", "an acceptance settles the requests of both sides"), () => {
    const b = testBackend({ policy: { strictFriendAccept: true } });
    const [ann, ben] = [b.login("1001"), b.login("1002")];
    const ask = (userId: string, operation: FriendOperation, actor: typeof ann) =>
      b.execute("friend.requestFriend", { userId, operation }, actor);
    ask("1002", FriendOperation.REQUEST, ann);
    ask("1001", FriendOperation.REQUEST, ben);
    ask("1002", FriendOperation.ACCEPT, ann);
    b.execute("friend.deleteFriend", { userId: "1002" }, ann);
    expect(codeOf(() => ask("1001", FriendOperation.ACCEPT, ben))).toBe(509);
  });

  test(row("B.8", "oneself, the unknown, a friend, one who blacklisted"), () => {
    const b = testBackend();
    const [ann, ben] = [b.login("1001"), b.login("1002")];
    const add = (userId: string) => () =>
      b.execute("friend.requestFriend", { userId, operation: FriendOperation.ADD }, ann);
    expect([add("1001"), add("nobody"), add("1002"), add("1002")].map(codeOf)).toEqual([414, 404, undefined, 417]);
    b.execute("friend.deleteFriend", { userId: "1001" }, ben);
    b.execute("user.addToBlackList", { userId: "1001" }, ben);
    expect(codeOf(add("1002"))).toBe(7101);
  });

  test(row("B.8", "deleting removes both sides; non-friends may write"), () => {
    const b = testBackend({ seed: mergeSeeds(defaultSeed, { friends: [["1001", "1002"]] }) });
    const [ann, ben] = [b.login("1001"), b.login("1002")];
    b.execute("friend.deleteFriend", { userId: "1002" }, ann);
    expect(b.execute("friend.myFriends", {}, ben).users).toEqual([]);
    expect(b.told(ben)).toEqual([]);
    expect(codeOf(() => b.execute("friend.deleteFriend", { userId: "1002" }, ann))).toBe(404);
    expect(codeOf(() => b.text(ben, "1001", "still here"))).toBeUndefined();
  });

  test(row("C", "a plan's number of friends, then 419"), () => {
    const customPlan = { ...UNLIMITED_PLAN, friends: 1 };
    const b = testBackend({ policy: { plan: "custom", customPlan } });
    const ann = b.login("1001");
    const add = (userId: string) => () =>
      b.execute("friend.requestFriend", { userId, operation: FriendOperation.ADD }, ann);
    expect([add("1002"), add("1003")].map(codeOf)).toEqual([undefined, 419]);
  });

  test(row("B.8", "the caches of both sides follow: one friend more, one friend less"), () => {
    const b = testBackend();
    const [ann, ben] = [b.login("1001"), b.login("1002")];
    const changes = () =>
      b.journal.flatMap((event) => (event.type === "relationsChanged" ? [[event.account, event.change] as const] : []));
    b.execute("friend.requestFriend", { userId: "1002", operation: FriendOperation.REQUEST }, ann);
    expect(changes()).toEqual([]);
    b.execute("friend.requestFriend", { userId: "1001", operation: FriendOperation.ACCEPT }, ben);
    b.execute("friend.deleteFriend", { userId: "1002" }, ann);
    const full = { full: false, friendsAdded: [], friendsRemoved: [], teamsAdded: [], teamsRemoved: [] };
    expect(changes()).toEqual([
      ["1002", { ...full, friendsAdded: ["1001"] }],
      ["1001", { ...full, friendsAdded: ["1002"] }],
      ["1001", { ...full, friendsRemoved: ["1002"] }],
      ["1002", { ...full, friendsRemoved: ["1001"] }],
    ]);
  });

  test(row("B.8", "an own name for a friend is kept through a deletion"), () => {
    const me = { userId: "1001", aliases: [{ userId: "1002", alias: "Benny" }] };
    const b = testBackend({ seed: mergeSeeds(defaultSeed, { accounts: [me], friends: [["1001", "1002"]] }) });
    const ann = b.login("1001");
    const alias = () => b.execute("user.userInfo", { userId: "1002" }, ann).alias;
    expect(alias()).toBe("Benny");
    b.execute("friend.deleteFriend", { userId: "1002" }, ann);
    expect(alias()).toBeUndefined();
    b.execute("friend.requestFriend", { userId: "1002", operation: FriendOperation.ADD }, ann);
    expect(alias()).toBe("Benny");
    replay(b.journal, b.control.digest());
  });

  test(row("B.8", "a request waits while the other one is away, and a rejection settles it"), () => {
    const b = testBackend({ policy: { strictFriendAccept: true } });
    const ann = b.login("1001");
    b.execute("friend.requestFriend", { userId: "1002", operation: FriendOperation.REQUEST, message: "hi" }, ann);
    const ben = b.login("1002");
    expect(b.told(ben, "systemMessage")).toMatchObject([
      { value: { systemMessage: { friendOperation: FriendOperation.REQUEST, postscript: "hi" } } },
    ]);
    const reject = { userId: "1001", operation: FriendOperation.REJECT };
    b.execute("friend.requestFriend", reject, ben);
    expect(codeOf(() => b.execute("friend.requestFriend", reject, ben))).toBe(509);
    expect(b.told(ann, "systemMessage")).toMatchObject([
      { value: { systemMessage: { friendOperation: FriendOperation.REJECT } } },
    ]);
  });

  test(row("B.7", "who blacklists may still ask and write; who is blacklisted neither, whatever they are"), () => {
    const b = testBackend({ seed: mergeSeeds(defaultSeed, { accounts: [{ userId: "1001", blacklist: ["1002"] }] }) });
    const [ann, ben] = [b.login("1001"), b.login("1002")];
    const ask = (userId: string, operation: FriendOperation, actor: typeof ann) =>
      codeOf(() => b.execute("friend.requestFriend", { userId, operation }, actor));
    for (const operation of [1, 2, 3, 4] satisfies FriendOperation[]) expect(ask("1001", operation, ben)).toBe(7101);
    expect(b.told(ann)).toEqual([]);
    expect(codeOf(() => b.text(ann, "1002", "hello"))).toBeUndefined();
    expect(ask("1002", FriendOperation.ADD, ann)).toBeUndefined();
    expect(b.told(ben).map(({ case: name }) => name)).toEqual(["message", "systemMessage"]);
  });

  test("isMyTeam is true for members of a team that exists", () => {
    const b = testBackend();
    const ann = b.login("1001");
    expect(b.execute("team.isMyTeam", { teamId: "64430396" }, ann)).toEqual({ isMyTeam: true });
    expect(b.execute("team.isMyTeam", { teamId: "1" }, ann)).toEqual({ isMyTeam: false });
  });
});
