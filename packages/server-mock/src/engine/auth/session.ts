import { ClientType, ErrorCode } from "@nimkit/sdk/protocol/enums";
import type { Platform } from "../entry.ts";

/** The code of a call without a login: local on iOS, a request that times out on Android (behaviour.md B.1, A.4). */
export const NOT_LOGGED_IN: Readonly<Record<Platform, ErrorCode>> = {
  ios: ErrorCode.NOT_LOGGED_IN,
  android: ErrorCode.TIMEOUT,
  web: ErrorCode.NOT_LOGGED_IN,
};

/** The code of a certain call without a login: a chat room cannot be entered without the main connection (B.12). */
export function notLoggedIn(rpc: string, platform: Platform): ErrorCode {
  return rpc === "chatRoom.enterChatRoom" ? ErrorCode.CHAT_ROOM_NOT_LOGGED_IN : NOT_LOGGED_IN[platform];
}

/** The vendor's number for the kind of client (behaviour.md B.1). */
export const CLIENT_TYPES: Readonly<Record<Platform, ClientType>> = {
  ios: ClientType.IOS,
  android: ClientType.ANDROID,
  web: ClientType.WEB,
};

/** Key of the timer that ends a device's token. It names no token: those are random, and the order of timers must not be. */
export const tokenTimerKey = (account: string, deviceId: string): string => `token ${account} ${deviceId}`;
