import { LoginStep } from "../gen/nim/v1/auth_pb.ts";
import { MessageType } from "../gen/nim/v1/message_pb.ts";
import type { ModulePlatform } from "./platform.ts";

// What the module's document says about single entries and the schema's options have no word for.

/** String fields that take a JSON object as well and then carry its text. */
const JSON_TEXT_FIELDS: ReadonlySet<string> = new Set([
  "nim.v1.StartCallRequest.ext",
  "nim.v1.UpdateTeamCustomInfoRequest.client_custom_info",
]);

/** String fields whose absence the module writes as an empty text: `currentCallID` outside a call. */
const EMPTY_WHEN_ABSENT: ReadonlySet<string> = new Set(["nim.v1.CurrentCallIdResponse.call_id"]);

/** True for a text field that accepts an object in its place. `field` is the full proto name. */
export function takesJsonText(field: string): boolean {
  return JSON_TEXT_FIELDS.has(field);
}

/** True for a text field that is `""` in the module when it has no value. `field` is the full proto name. */
export function isEmptyWhenAbsent(field: string): boolean {
  return EMPTY_WHEN_ABSENT.has(field);
}

/** True for a field that the platform's message object of this type lacks: the size of a recording on iOS. */
export function lacksField(field: string, message: object, platform: ModulePlatform): boolean {
  if (platform !== "ios" || field !== "nim.v1.Message.file_length") return false;
  return "messageType" in message && message.messageType === MessageType.AUDIO;
}

/** Number that Android gives for `KICKED` when the other device did it by hand. */
export const ANDROID_KICKED_BY_CLIENT = 8;

/** The step that Android reports at once to a new login listener; iOS waits for the next one. */
export function replaysLoginStep(platform: ModulePlatform): boolean {
  return platform === "android";
}

/** The step before anything was tried. */
export const FIRST_LOGIN_STEP = LoginStep.IDLE;

/** Strings that end a call of several callbacks, as the module's document lists them. */
const CLOSING_EVENTS: ReadonlySet<string> = new Set(["end", "success", "cancel", "complete"]);

/** True for the last callback of `playAudio`, `recordAudioForDuration` or `downloadAttachment`. */
export function isClosingEvent(evenType: unknown): boolean {
  return typeof evenType === "string" && CLOSING_EVENTS.has(evenType.toLowerCase());
}

/** Rpcs that Android's module never answers while the device is logged out, so they must not be tried there. */
export const SILENT_WHEN_LOGGED_OUT: ReadonlySet<string> = new Set(["message.fetchMessageHistory"]);

/** Rpcs that Android's module reports as done whatever happens: its SDK has no answer to wait for. */
const NEVER_FAILS_ON_ANDROID: ReadonlySet<string> = new Set(["auth.logout"]);

/** True for a call that gives no error on this platform. */
export function neverFails(rpc: string, platform: ModulePlatform): boolean {
  return platform === "android" && NEVER_FAILS_ON_ANDROID.has(rpc);
}

/** Rpcs whose native entry takes its callback alone when there is nothing to say. */
export const CALLBACK_ONLY: ReadonlySet<string> = new Set(["message.abortDownloadAttachment"]);
