import { ClientType, ErrorCode } from "@nimkit/sdk/protocol/enums";
import type { RpcName } from "../../gen/commands.ts";
import type { Platform } from "../entry.ts";

/** The code of a call without a login: local on iOS, a request that times out on Android (behaviour.md B.1, A.4). */
export const NOT_LOGGED_IN: Readonly<Record<Platform, ErrorCode>> = {
  ios: ErrorCode.NOT_LOGGED_IN,
  android: ErrorCode.TIMEOUT,
  web: ErrorCode.NOT_LOGGED_IN,
};

/** What the native SDKs answer from their local database, which is open only after a login. */
const LOCAL_RPCS: ReadonlySet<string> = new Set([
  "session.allRecentSession",
  "session.markAllMessagesReadInSession",
  "session.deleteRecentSession",
  "session.clearChattingHistory",
  "message.queryMessageHistory",
  "message.queryMessageHistoryByTypes",
  "systemMessage.fetchSystemNotifications",
  "systemMessage.allNotificationsUnreadCount",
  "systemMessage.deleteAllNotifications",
  "systemMessage.markAllNotificationsAsRead",
  "systemMessage.setSystemMessageStatus",
  "systemMessage.deleteSystemMessage",
  "systemMessage.setSystemMessageRead",
  "team.allMyTeams",
  "team.teamById",
  "team.isMyTeam",
  "user.userInfo",
  "user.myBlackList",
  "user.isUserInBlackList",
  "user.myMuteUserList",
  "user.notifyForNewMsgForUser",
  "friend.myFriends",
  "friend.isMyFriend",
] satisfies RpcName[]);

/**
 * The code of a certain call without a login: a chat room cannot be entered without the main connection (B.12), and on
 * Android the local database answers another code than the server does (B.1).
 */
export function notLoggedIn(rpc: string, platform: Platform): ErrorCode {
  if (rpc === "chatRoom.enterChatRoom") return ErrorCode.CHAT_ROOM_NOT_LOGGED_IN;
  if (platform === "android" && LOCAL_RPCS.has(rpc)) return ErrorCode.LOCAL_EXCEPTION;
  return NOT_LOGGED_IN[platform];
}

/** The vendor's number for the kind of client (behaviour.md B.1). */
export const CLIENT_TYPES: Readonly<Record<Platform, ClientType>> = {
  ios: ClientType.IOS,
  android: ClientType.ANDROID,
  web: ClientType.WEB,
};

/** Key of the timer that ends a device's token. It names no token: those are random, and the order of timers must not be. */
export const tokenTimerKey = (account: string, deviceId: string): string => `token ${account} ${deviceId}`;
