// behaviour.md B.10: normal and advanced teams, a row of the table at a time.
import {
  TeamBeInviteMode,
  TeamInviteMode,
  TeamJoinMode,
  TeamMemberType,
  TeamNotifyType,
  TeamOperation,
  TeamType,
  TeamUpdateInfoMode,
  TeamUpdateTag,
} from "@nimkit/sdk/protocol/enums";
import { describe, expect, test } from "vitest";
import type { Actor } from "../../src/engine/entry.ts";
import { codeOf, row, type TestBackend } from "./kit.ts";
import { creation, session, TEAM, teamStage } from "./team-kit.ts";

/** Attachments of the notifications that a device was told of. */
const notes = (b: TestBackend, actor: Actor) =>
  b
    .told(actor, "message")
    .flatMap((payload) =>
      payload.case === "message" ? payload.value.messages.map((message) => message.attachment) : [],
    );
const membersOf = (b: TestBackend, actor: Actor, teamId = TEAM) =>
  b.execute("team.fetchTeamMembers", { teamId }, actor).members.map(({ userId, type }) => [userId, type]);
const isIn = (b: TestBackend, actor: Actor, teamId = TEAM) => b.execute("team.isMyTeam", { teamId }, actor).isMyTeam;
const atOnce = { policy: { normalTeamJoinNotice: "atOnce" } } as const;

describe("create", () => {
  test(row("B.10", "a normal team takes its members in at once and keeps only its name"), () => {
    const { b, ann, ben } = teamStage();
    const command = creation(["1002"], { type: TeamType.NORMAL, intro: "ignored" });
    const { teamId } = b.execute("team.createTeam", command, ann);
    expect(isIn(b, ben, teamId)).toBe(true);
    expect(b.execute("team.teamById", { teamId }, ann).team).not.toHaveProperty("intro");
  });

  test(row("B.10", "an advanced team with beInviteMode 0 sends invitations"), () => {
    const { b, ann, ben } = teamStage();
    const { teamId } = b.execute("team.createTeam", creation(["1002"], { postscript: "come" }), ann);
    expect(isIn(b, ben, teamId)).toBe(false);
    expect(b.told(ben, "systemMessage")).toMatchObject([
      { value: { systemMessage: { type: 2, sourceId: "1001", targetId: teamId, postscript: "come", status: 0 } } },
    ]);
  });

  test(row("B.10", "with beInviteMode 1 they join, and the notification is an invitation (0)"), () => {
    const { b, ann, ben } = teamStage();
    const command = creation(["1002"], { beInviteMode: TeamBeInviteMode.NO_AUTH });
    const { teamId } = b.execute("team.createTeam", command, ann);
    expect(isIn(b, ben, teamId)).toBe(true);
    expect(notes(b, ben)).toEqual([{ operation: TeamOperation.INVITE, operatorId: "1001", targetIds: ["1002"] }]);
  });

  test(row("B.2", "creating an advanced team gives its creator no session until somebody speaks"), () => {
    const { b, ann, ben } = teamStage();
    const command = creation(["1002"], { beInviteMode: TeamBeInviteMode.NO_AUTH });
    const { teamId } = b.execute("team.createTeam", command, ann);
    expect(b.execute("session.allRecentSession", {}, ann).sessions).toEqual([]);
    b.text(ben, teamId, "hello", session(teamId));
    expect(b.execute("session.allRecentSession", {}, ann).sessions).toMatchObject([{ sessionId: teamId }]);
  });

  test(row("B.10", "813: who is in too many teams is named, the others are asked"), () => {
    const { b, ann } = teamStage({ policy: { plan: "custom", customPlan: { teamsJoined: 2 } } });
    b.execute("team.createTeam", creation(["1003"], { type: TeamType.NORMAL }), ann);
    expect(b.execute("team.createTeam", creation(["1003", "1004"]), b.login("1005"))).toMatchObject({
      failedUserIds: ["1003"],
    });
  });

  test(row("C", "a name, an introduction and the members survive a snapshot"), () => {
    const { b, ann } = teamStage();
    b.execute("team.createTeam", creation(["1002"], { intro: "we" }), ann);
    const before = b.control.digest();
    b.control.restore(b.control.snapshot());
    expect(b.control.digest()).toBe(before);
  });
});

describe("addUsers", () => {
  test(row("B.10", "a normal team: everybody may, and nobody is asked"), () => {
    const { b, ann, ben, dora } = teamStage(atOnce);
    const { teamId } = b.execute("team.createTeam", creation(["1002"], { type: TeamType.NORMAL }), ann);
    expect(b.execute("team.addUsers", { teamId, userIds: ["1004"] }, ben)).toMatchObject({ pending: false });
    expect(isIn(b, dora, teamId)).toBe(true);
  });

  test(row("B.10", "inviteMode 0: owner and managers; 1: every member"), () => {
    const { b, ann, cleo } = teamStage();
    const add = (teamId: string) => codeOf(() => b.execute("team.addUsers", { teamId, userIds: ["1004"] }, cleo));
    const { teamId } = b.execute(
      "team.createTeam",
      creation(["1003"], { inviteMode: TeamInviteMode.ALL, beInviteMode: TeamBeInviteMode.NO_AUTH }),
      ann,
    );
    expect([add(TEAM), add(teamId)]).toEqual([802, undefined]);
  });

  test(row("B.10", "810: the invitation waits for consent, and is a success"), () => {
    const { b, ann } = teamStage();
    expect(b.execute("team.addUsers", { teamId: TEAM, userIds: ["1004"] }, ann).pending).toBe(true);
  });

  test(row("D.1", "Android's invitation has no words"), () => {
    const { b, dora } = teamStage();
    const android = b.login("1001", "droid", "android");
    b.execute("team.addUsers", { teamId: TEAM, userIds: ["1004"], postscript: "come" }, android);
    expect(JSON.stringify(b.told(dora, "systemMessage"))).not.toContain("come");
  });

  test(row("B.10", "a new member of a normal team is announced by the next message"), () => {
    const { b, ann, ben } = teamStage();
    const { teamId } = b.execute("team.createTeam", creation(["1002"], { type: TeamType.NORMAL }), ann);
    expect([b.told(ben, "message").length, b.told(ben, "teamUpdated").length]).toEqual([0, 0]);
    b.text(ann, teamId, "hello", session(teamId));
    expect(notes(b, ben)).toEqual([{ operation: 0, operatorId: "1001", targetIds: ["1002"] }, undefined]);
    expect(b.told(ben, "teamUpdated").length).toBe(1);
  });
});

describe("applications and invitations", () => {
  test.each([
    [TeamJoinMode.NO_AUTH, undefined, true],
    [TeamJoinMode.NEED_AUTH, undefined, false],
    [TeamJoinMode.REJECT_ALL, 802, false],
  ])(row("B.10", "applyToTeam with joinMode %i"), (joinMode, code, comesIn) => {
    const { b, ann, dora } = teamStage();
    b.execute("team.updateTeamJoinMode", { teamId: TEAM, joinMode }, ann);
    expect(codeOf(() => b.execute("team.applyToTeam", { teamId: TEAM }, dora))).toBe(code);
    expect(isIn(b, dora)).toBe(comesIn);
  });

  test(row("B.10", "all managers get the application, the first one to act wins, the second gets 509"), () => {
    const { b, ann, ben, cleo, dora } = teamStage();
    b.execute("team.addManagersToTeam", { teamId: TEAM, userIds: ["1002"] }, ann);
    b.execute("team.updateTeamJoinMode", { teamId: TEAM, joinMode: TeamJoinMode.NEED_AUTH }, ann);
    b.execute("team.applyToTeam", { teamId: TEAM, postscript: "may I?" }, dora);
    expect([ann, ben, cleo].map((actor) => b.told(actor, "systemMessage").length)).toEqual([1, 1, 0]);
    b.execute("team.passApplyToTeam", { teamId: TEAM, userId: "1004" }, ben);
    expect(codeOf(() => b.execute("team.rejectApplyToTeam", { teamId: TEAM, userId: "1004" }, ann))).toBe(509);
    expect(notes(b, dora)).toEqual([{ operation: TeamOperation.PASS_APPLY, operatorId: "1002", targetIds: ["1004"] }]);
  });

  test(row("B.9", "1: a rejection goes to the applicant, with the reason"), () => {
    const { b, ann, dora } = teamStage();
    b.execute("team.updateTeamJoinMode", { teamId: TEAM, joinMode: TeamJoinMode.NEED_AUTH }, ann);
    b.execute("team.applyToTeam", { teamId: TEAM }, dora);
    b.execute("team.rejectApplyToTeam", { teamId: TEAM, userId: "1004", rejectReason: "full of noise" }, ann);
    expect(b.told(dora, "systemMessage")).toMatchObject([
      { value: { systemMessage: { type: 1, targetId: TEAM, postscript: "full of noise" } } },
    ]);
  });

  test(row("B.10", "accepting joins (9) and a second time gives 509; rejecting tells the inviter (3)"), () => {
    const { b, ann, dora, eve } = teamStage();
    b.execute("team.addUsers", { teamId: TEAM, userIds: ["1004", "1005"] }, ann);
    const accept = () => b.execute("team.acceptInviteWithTeam", { teamId: TEAM, inviterId: "1001" }, dora);
    expect([codeOf(accept), codeOf(accept)]).toEqual([undefined, 509]);
    b.execute("team.rejectInviteWithTeam", { teamId: TEAM, inviterId: "1001" }, eve);
    expect(b.told(ann, "systemMessage")).toMatchObject([{ value: { systemMessage: { type: 3, sourceId: "1005" } } }]);
    expect(notes(b, dora)[0]).toMatchObject({ operation: TeamOperation.ACCEPT_INVITE, operatorId: "1004" });
  });
});

describe("information", () => {
  test.each([
    ["team.updateTeamName", { teamName: "New" }, TeamUpdateTag.NAME],
    ["team.updateTeamIntro", { intro: "New" }, TeamUpdateTag.INTRO],
    ["team.updateTeamAnnouncement", { announcement: "New" }, TeamUpdateTag.ANNOUNCEMENT],
    ["team.updateTeamAvatar", { avatarUrl: "http://a.example/b" }, TeamUpdateTag.AVATAR],
    ["team.updateTeamCustomInfo", { clientCustomInfo: "{}" }, TeamUpdateTag.CLIENT_CUSTOM_INFO],
    ["team.updateTeamJoinMode", { joinMode: TeamJoinMode.NEED_AUTH }, TeamUpdateTag.JOIN_MODE],
  ] as const)(row("B.10", "%s tells all members: operation 3 with its tag, and the whole team"), (rpc, change, tag) => {
    const { b, ann, cleo } = teamStage();
    b.execute(rpc, { teamId: TEAM, ...change } as never, ann);
    expect(notes(b, cleo)).toEqual([{ operation: TeamOperation.UPDATE_INFO, operatorId: "1001", updated: [tag] }]);
    expect(b.told(cleo, "teamUpdated")).toMatchObject([{ value: { team: { teamId: TEAM, ...change } } }]);
  });

  test(row("B.10", "updateInfoMode 0: managers, 1: all; modes always managers"), () => {
    const { b, ann, cleo } = teamStage();
    const free = { updateInfoMode: TeamUpdateInfoMode.ALL, beInviteMode: TeamBeInviteMode.NO_AUTH };
    const { teamId } = b.execute("team.createTeam", creation(["1003"], free), ann);
    const rename = (team: string) => () => b.execute("team.updateTeamName", { teamId: team, teamName: "x" }, cleo);
    const joinMode = TeamJoinMode.NEED_AUTH;
    const change = () => b.execute("team.updateTeamJoinMode", { teamId, joinMode }, cleo);
    expect([rename(TEAM), rename(teamId), change].map(codeOf)).toEqual([802, undefined, 802]);
  });

  test(row("B.10", "an empty text clears"), () => {
    const { b, ann } = teamStage();
    b.execute("team.updateTeamIntro", { teamId: TEAM, intro: "x" }, ann);
    b.execute("team.updateTeamIntro", { teamId: TEAM, intro: "" }, ann);
    expect(b.execute("team.teamById", { teamId: TEAM }, ann).team).not.toHaveProperty("intro");
  });

  test(row("B.10", "the notify setting is one's own"), () => {
    const { b, ann, cleo } = teamStage();
    b.execute("team.updateNotifyStateForTeam", { teamId: TEAM, notifyType: TeamNotifyType.MANAGERS }, cleo);
    const own = (actor: Actor) => b.execute("team.teamById", { teamId: TEAM }, actor).team.notifyType;
    expect([own(cleo), own(ann)]).toEqual([TeamNotifyType.MANAGERS, TeamNotifyType.ALL]);
  });

  test(row("B.2", "team notifications are not counted as unread"), () => {
    const { b, ann, cleo } = teamStage();
    b.execute("team.updateTeamName", { teamId: TEAM, teamName: "x" }, ann);
    expect(b.execute("session.allRecentSession", {}, cleo).sessions).toMatchObject([{ unreadCount: 0 }]);
  });
});

describe("roles", () => {
  test(row("B.10", "managers: by the owner (7), back to normal (8)"), () => {
    const { b, ann, ben } = teamStage();
    b.execute("team.addManagersToTeam", { teamId: TEAM, userIds: ["1002"] }, ann);
    expect(membersOf(b, ben)).toContainEqual(["1002", TeamMemberType.MANAGER]);
    b.execute("team.removeManagersFromTeam", { teamId: TEAM, userIds: ["1002"] }, ann);
    expect(membersOf(b, ben)).toContainEqual(["1002", TeamMemberType.NORMAL]);
    expect(notes(b, ben).map((note) => note?.operation)).toEqual([7, 8]);
  });

  test(row("B.10", "transfer: the old owner becomes a normal member"), () => {
    const { b, ann, ben } = teamStage();
    b.execute("team.transferManagerWithTeam", { teamId: TEAM, newOwnerId: "1002", isLeave: false }, ann);
    expect(membersOf(b, ben).slice(0, 2)).toEqual([
      ["1001", TeamMemberType.NORMAL],
      ["1002", TeamMemberType.OWNER],
    ]);
  });

  test(row("B.10", "transfer with isLeave: he leaves too"), () => {
    const { b, ann, ben } = teamStage();
    b.execute("team.transferManagerWithTeam", { teamId: TEAM, newOwnerId: "1002", isLeave: true }, ann);
    expect([isIn(b, ann), b.execute("team.teamById", { teamId: TEAM }, ben).team.owner]).toEqual([false, "1002"]);
  });

  test(row("B.10", "nick: the owner everybody's, a manager normal members', everybody his own; no event tells"), () => {
    const { b, ann, ben, cleo } = teamStage();
    b.execute("team.addManagersToTeam", { teamId: TEAM, userIds: ["1002"] }, ann);
    const nick = (actor: Actor, userId: string) =>
      codeOf(() => b.execute("team.updateUserNick", { teamId: TEAM, userId, nickname: "x" }, actor));
    expect([nick(ann, "1002"), nick(ben, "1003"), nick(ben, "1001"), nick(cleo, "1002"), nick(cleo, "1003")]).toEqual([
      undefined,
      undefined,
      802,
      802,
      undefined,
    ]);
  });

  test(row("B.10", "mute: managers normal members, not each other, nobody the owner; who is muted gets 812"), () => {
    const { b, ann, ben, cleo } = teamStage();
    b.execute("team.addManagersToTeam", { teamId: TEAM, userIds: ["1002"] }, ann);
    const mute = (actor: Actor, userId: string) =>
      codeOf(() => b.execute("team.updateMuteStateByUserId", { teamId: TEAM, userId, mute: true }, actor));
    expect([mute(ben, "1003"), mute(ben, "1001"), mute(cleo, "1002")]).toEqual([undefined, 802, 802]);
    expect(codeOf(() => b.text(cleo, TEAM, "x", session(TEAM)))).toBe(812);
  });

  test(row("B.10", "mute-all spares the owner and managers"), () => {
    const { b, ann, ben, cleo } = teamStage();
    b.execute("team.addManagersToTeam", { teamId: TEAM, userIds: ["1002"] }, ann);
    b.execute("team.updateMuteStateByAll", { teamId: TEAM, mute: true }, ben);
    const speak = (actor: Actor) => codeOf(() => b.text(actor, TEAM, "x", session(TEAM)));
    expect([ann, ben, cleo].map(speak)).toEqual([undefined, undefined, 812]);
  });
});

describe("leaving", () => {
  test(row("B.10", "kick: managers cannot kick managers or the owner"), () => {
    const { b, ann, ben } = teamStage();
    b.execute("team.addManagersToTeam", { teamId: TEAM, userIds: ["1002", "1003"] }, ann);
    const kick = (userId: string) =>
      codeOf(() => b.execute("team.kickUsers", { teamId: TEAM, userIds: [userId] }, ben));
    expect([kick("1003"), kick("1001")]).toEqual([802, 802]);
  });

  test(row("B.10", "the owner of a normal team may quit; it then has no owner"), () => {
    const { b, ann, ben } = teamStage();
    const { teamId } = b.execute("team.createTeam", creation(["1002"], { type: TeamType.NORMAL }), ann);
    b.execute("team.quitTeam", { teamId }, ann);
    expect(b.execute("team.teamById", { teamId }, ben).team).not.toHaveProperty("owner");
  });

  test(row("B.10", "after the end: 803, teamById still answers, isMyTeam is false, allMyTeams omits it"), () => {
    const { b, ann, ben } = teamStage();
    b.text(ann, TEAM, "before", session(TEAM));
    b.execute("team.dismissTeam", { teamId: TEAM }, ann);
    expect(codeOf(() => b.text(ben, TEAM, "x", session(TEAM)))).toBe(803);
    expect(codeOf(() => b.execute("team.fetchTeamInfo", { teamId: TEAM }, ben))).toBe(803);
    expect(b.execute("team.teamById", { teamId: TEAM }, ben).team).toMatchObject({ teamId: TEAM, valid: false });
    expect(isIn(b, ben)).toBe(false);
    expect(b.execute("team.allMyTeams", {}, ben).teams).toEqual([]);
    const local = b.execute("message.queryMessageHistory", { ...session(TEAM), limit: 10 }, ben).messages;
    expect(local.map(({ text }) => text)).toContain("before");
  });

  test(row("P6", "a former member is told nothing later, and keeps what he had"), () => {
    const { b, ann, cleo } = teamStage();
    b.text(ann, TEAM, "before", session(TEAM));
    b.execute("team.kickUsers", { teamId: TEAM, userIds: ["1003"] }, ann);
    const told = b.told(cleo).length;
    b.text(ann, TEAM, "after", session(TEAM));
    b.execute("team.updateTeamName", { teamId: TEAM, teamName: "x" }, ann);
    expect(b.told(cleo).length).toBe(told);
    const local = b.execute("message.queryMessageHistory", { ...session(TEAM), limit: 10 }, cleo).messages;
    expect(JSON.stringify(local)).not.toContain("after");
    expect(JSON.stringify(local)).toContain("before");
  });
});

describe("system messages", () => {
  test(row("B.9", "newest first, with unread, read, status and deletion"), () => {
    const { b, ann, dora } = teamStage();
    for (const teamId of [TEAM, b.execute("team.createTeam", creation(["1004"]), ann).teamId]) {
      if (teamId === TEAM) b.execute("team.addUsers", { teamId, userIds: ["1004"] }, ann);
    }
    const list = () => b.execute("systemMessage.fetchSystemNotifications", { limit: 10 }, dora).notifications;
    const count = () => b.execute("systemMessage.allNotificationsUnreadCount", {}, dora).count;
    const [newest] = list();
    expect([list().length, count()]).toEqual([2, 2]);
    expect(Number(list()[0]?.messageId)).toBeGreaterThan(Number(list()[1]?.messageId));
    const messageId = newest?.messageId ?? "";
    b.execute("systemMessage.setSystemMessageRead", { messageId }, dora);
    expect(count()).toBe(1);
    b.execute("systemMessage.setSystemMessageStatus", { messageId, messageStatus: 2 }, dora);
    expect(list()[0]).toMatchObject({ messageId, status: 2, read: true });
    b.execute("systemMessage.deleteSystemMessage", { messageId }, dora);
    expect(list().map((message) => message.messageId)).not.toContain(messageId);
    b.execute("systemMessage.deleteAllNotifications", {}, dora);
    expect(list()).toEqual([]);
  });

  test(row("B.9", "ids are unique when one call makes several"), () => {
    const { b, ann } = teamStage();
    b.execute("team.addUsers", { teamId: TEAM, userIds: ["1004", "1005"] }, ann);
    const ids = b.journal.flatMap((event) =>
      event.type === "systemMessageStored" ? [event.stored.message.messageId] : [],
    );
    expect(new Set(ids).size).toBe(2);
  });

  test(row("B.3", "what came while nobody was there is handed over at login"), () => {
    const { b, ann, dora } = teamStage();
    b.execute("auth.logout", {}, dora);
    b.execute("team.addUsers", { teamId: TEAM, userIds: ["1004"] }, ann);
    expect(b.told(b.login("1004", "new"), "systemMessage")).toMatchObject([{ value: { systemMessage: { type: 2 } } }]);
  });
});
