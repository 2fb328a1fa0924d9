// Who is there while a sample runs: on whose phone it does, what happened before, and what the others do meanwhile.
import { SessionType } from "@nimkit/sdk/protocol/enums";
import {
  askForFriendship,
  callPhone,
  customise,
  enterRoom,
  enterRoomByPhone,
  FLOOR,
  inviteBenAgain,
  ROOM,
  sendAllKinds,
  sendOneKindEach,
  TEAM,
  takeCalls,
  unlessOver,
} from "./deeds.ts";
import type { Stage } from "./stage.ts";

/** What a sample needs beside its own lines. */
export interface Part {
  /** Whose phone it is; null: nobody is logged in. Default: Ann, 1001, owner of the team and creator of the room. */
  readonly account?: string | null;
  /** What happens before the sample runs. */
  readonly before?: (stage: Stage) => Promise<unknown>;
  /** What the others do while it runs. */
  readonly meanwhile?: (stage: Stage) => Promise<unknown>;
  /** What a synchronous entry must return. */
  readonly returns?: boolean;
}

const nobody: Part = { account: null };
const withTeamText: Part = { before: (stage) => customise(stage, TEAM, "1002") };
const withRequest: Part = { before: askForFriendship };
const withGuest: Part = {
  async before(stage) {
    await enterRoomByPhone(stage);
    await enterRoom(stage, "1002");
  },
};
const withCallee: Part = { before: (stage) => takeCalls(stage) };

const withMail: Part = {
  before: async (stage) => (await stage.user("1002")).message.sendText({ sessionId: "1001", content: "Hello" }),
};

const withStoredMail: Part = {
  async before(stage) {
    // Pictures are at hand on the phone that sent them only.
    await stage.ask("sendImage", { sessionId: "1002", filePath: "fs://pictures/harbour.png" });
    await sendAllKinds(await stage.user("1002"), "1001");
  },
};

const invited: Part = {
  account: "1004",
  meanwhile: async (stage) => (await stage.user("1003")).team.addUsers({ teamId: FLOOR, userIds: ["1004"] }),
};

const applied: Part = {
  meanwhile: async (stage) => (await stage.user("1004")).team.applyToTeam({ teamId: TEAM }),
};

/** The part of each entry that needs one. */
export const cast: Readonly<Record<string, Part>> = {
  login: nobody,
  onIMLogin: nobody,
  isLogined: { returns: true },
  isMyFriend: { returns: false },
  isMyTeam: { returns: true },
  onKick: { meanwhile: (stage) => stage.user("1001") },

  onRecvIMMessages: {
    async meanwhile(stage) {
      const ben = await stage.user("1002");
      await sendAllKinds(ben, "1001");
      await ben.team.updateTeamName({ teamId: TEAM, teamName: "Tea" });
      await stage.heard("onRecvIMMessages", (ret) => JSON.stringify(ret).includes('"messageType":5'));
    },
  },
  allRecentSession: { before: sendOneKindEach },
  fetchMessageHistory: {
    async before(stage) {
      const ben = await stage.user("1002");
      await sendAllKinds(ben, TEAM, SessionType.TEAM);
      await ben.team.updateTeamName({ teamId: TEAM, teamName: "Tea" });
    },
  },
  queryMessageHistory: withStoredMail,
  queryMessageHistoryByTyps: withStoredMail,
  markAllMessagesReadInSession: withMail,
  deleteRecentSession: withMail,
  clearChattingHistory: withMail,
  sendMessageReceipt: {
    meanwhile: async (stage) => (await stage.user("1002")).message.sendText({ sessionId: "1001", content: "Read me" }),
  },
  onIMRecvMessageReceipt: {
    async before(stage) {
      const ben = await stage.user("1002");
      ben.on("message", ({ messages: [message] }) => {
        if (message) unlessOver(ben.message.sendMessageReceipt({ messageId: message.messageId, sessionId: "1001" }));
      });
    },
  },
  onIMRecvRevokeMessageNotification: {
    async meanwhile(stage) {
      const { message } = await stage.user("1002");
      await message.sendText({ sessionId: "1001", content: "Oops", ext: { mood: "sorry" }, messageId: "oops" });
      await message.revokeMessage({ messageId: "oops", sessionId: "1001" });
    },
  },
  downloadAttachment: {
    async meanwhile(stage) {
      const { message } = await stage.user("1002");
      await message.sendImage({ sessionId: "1001", filePath: "fs://pictures/harbour.png", displayName: "Harbour" });
    },
  },

  playAudio: {
    async meanwhile(stage) {
      await stage.heard("playAudio");
      stage.control.clock.advance(stage.control.policy.audioMs);
    },
  },
  recordAudioForDuration: {
    async meanwhile(stage) {
      await stage.heard("recordAudioForDuration");
      stage.control.clock.advance(10_000);
    },
  },

  onIMTeamRemoved: {
    account: "1002",
    before: (stage) => customise(stage, TEAM, "1001"),
    meanwhile: async (stage) => (await stage.user("1001", "web")).team.kickUsers({ teamId: TEAM, userIds: ["1002"] }),
  },
  onIMTeamUpdated: {
    before: (stage) => customise(stage, TEAM, "1002"),
    meanwhile: async (stage) =>
      (await stage.user("1003")).team.updateTeamAnnouncement({ teamId: TEAM, announcement: "Tea at five" }),
  },
  allMyTeams: withTeamText,
  teamById: withTeamText,
  fetchTeamInfo: { before: (stage) => customise(stage, FLOOR, "1003") },
  acceptInviteWithTeam: invited,
  rejectInviteWithTeam: invited,
  passApplyToTeam: applied,
  rejectApplyToTeam: applied,
  removeManagersFromTeam: { before: (stage) => stage.ask("addManagersToTeam", { teamId: TEAM, users: ["1002"] }) },
  fetchTeamMembers: { account: "1002", before: inviteBenAgain },
  queryTeamMemberByUserId: { account: "1002", before: inviteBenAgain },
  quitTeam: { account: "1002" },

  onIMSystemMessageRecieved: { meanwhile: askForFriendship },
  fetchSystemNotifications: withRequest,
  allNotificationsUnreadCount: withRequest,
  deleteAllNotifications: withRequest,
  markAllNotificationsAsRead: withRequest,
  setSystemMessageStatus: withRequest,
  deleteSystemMessage: withRequest,
  setSystemMessageRead: withRequest,

  onChatRoomKickOutEvent: {
    account: "1002",
    async meanwhile(stage) {
      await stage.heard("enterChatRoom");
      const { chatRoom } = await enterRoom(stage, "1001");
      await chatRoom.kickMemberFromChatRoom({ roomId: ROOM, userId: "1002" });
    },
  },
  getChatRoomHistoryMsg: {
    async before(stage) {
      await enterRoomByPhone(stage);
      await stage.ask("sendImage", { sessionId: ROOM, sessionType: 2, filePath: "fs://pictures/harbour.png" });
      await sendAllKinds(await enterRoom(stage, "1002"), ROOM, SessionType.CHAT_ROOM);
    },
  },
  getChatRoomInfo: withGuest,
  getChatRoomMembers: withGuest,
  getChatRoomMembersByIds: {
    async before(stage) {
      await enterRoomByPhone(stage);
      await enterRoom(stage, "1002");
      await enterRoom(stage, "1003");
      await stage.ask("setNormal", { roomId: ROOM, userId: "1002", isNormal: true });
    },
  },
  addUserToBlackList: withGuest,
  muteUser: withGuest,
  setAdmin: withGuest,
  setNormal: withGuest,
  kickMemberFromChatRoom: withGuest,

  onCallReceive: { meanwhile: callPhone },
  responseCall: { meanwhile: callPhone },
  onCallResponse: withCallee,
  onCallResponsedByOther: { before: (stage) => takeCalls(stage, "1001", "web"), meanwhile: callPhone },
  onCallCallEstablished: withCallee,
  onCallCallDisconnected: {
    async before(stage) {
      const ben = await takeCalls(stage);
      ben.on("callEstablished", () => ben.close());
    },
    async meanwhile(stage) {
      const { control } = stage;
      // The log remembers the samples before this one.
      const begin = control.log().at(-1)?.index ?? 0;
      const isGone = (): boolean => {
        const log = control.log().filter(({ index }) => index > begin);
        const taken = log.findIndex(({ command }) => command.kind === "call" && command.rpc === "call.responseCall");
        const left = log.findLastIndex(({ command }) => command.kind === "disconnected" && command.account === "1002");
        return taken >= 0 && left > taken;
      };
      await stage.until(isGone, "the server did not notice that the callee is gone");
      control.clock.advance(control.policy.callNetworkLossMs);
    },
  },
  callControl: withCallee,
  onCallControl: {
    async before(stage) {
      const ben = await takeCalls(stage);
      ben.on("callEstablished", ({ callId }) => unlessOver(ben.call.callControl({ callId, type: 2 })));
    },
  },
  onCallHangup: {
    async before(stage) {
      const ben = await takeCalls(stage);
      ben.on("callEstablished", ({ callId }) => unlessOver(ben.call.callHangup({ callId })));
    },
  },
  onCallNetStatus: withCallee,
  setCallMute: withCallee,
  setCallSpeaker: withCallee,
  switchCallCamera: withCallee,
  switchCallCameraFlash: withCallee,
};
