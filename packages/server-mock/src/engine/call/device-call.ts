import type { RectData } from "../../gen/commands.ts";

/** What a device has of calls, whether it is in one or not. */
export interface DeviceCall {
  /** The call that it takes part in. */
  callId: string | undefined;
  /** Where its pictures stand; absent until it prepares them and after it removes them. */
  views: CallViews | undefined;
  /** Its settings; those of a new call while it is in none. */
  settings: CallSettings;
  /** When its last call ended; 0 before the first. */
  freeSince: number;
}

/** The peer's and the own picture. */
export interface CallViews {
  readonly remoteRect: RectData;
  readonly localRect: RectData;
  readonly fixedOn?: string;
  readonly fixed: boolean;
}

/** Switches that last until the call ends or changes between voice and video. */
export interface CallSettings {
  readonly mute: boolean;
  /** Loudspeaker instead of earpiece. */
  readonly speaker: boolean;
  readonly camera: "front" | "back";
  readonly flash: boolean;
}

/** The switches of a call that nobody touched. */
export const INITIAL_SETTINGS: CallSettings = { mute: false, speaker: false, camera: "front", flash: false };

/** A device that never had to do with calls. */
export function newDeviceCall(): DeviceCall {
  return { callId: undefined, views: undefined, settings: INITIAL_SETTINGS, freeSince: 0 };
}
