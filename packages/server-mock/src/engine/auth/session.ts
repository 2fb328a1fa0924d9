import { ClientType, ErrorCode } from "@nimkit/sdk/protocol/enums";
import type { Platform } from "../entry.ts";

/** The code of a call without a login: local on iOS, a request that times out on Android (behaviour.md B.1, A.4). */
export const NOT_LOGGED_IN: Readonly<Record<Platform, ErrorCode>> = {
  ios: ErrorCode.NOT_LOGGED_IN,
  android: ErrorCode.TIMEOUT,
  web: ErrorCode.NOT_LOGGED_IN,
};

/** The vendor's number for the kind of client (behaviour.md B.1). */
export const CLIENT_TYPES: Readonly<Record<Platform, ClientType>> = {
  ios: ClientType.IOS,
  android: ClientType.ANDROID,
  web: ClientType.WEB,
};

/** Key of the timer that ends a device's token. It names no token: those are random, and the order of timers must not be. */
export const tokenTimerKey = (account: string, deviceId: string): string => `token ${account} ${deviceId}`;
