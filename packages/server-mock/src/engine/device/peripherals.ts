import { AudioOutputDevice } from "@nimkit/sdk/protocol/enums";
import type { DownloadActivity } from "../attachment/download-activity.ts";
import type { SoundActivity } from "../audio/sound.ts";

/** What a device has besides its login: microphone, player and switches. */
export interface Peripherals {
  /** The rpc streams that the device reads steps of, by the index of the entry that began them. */
  readonly activities: Map<number, Activity>;
  /** Local paths of the files of messages that the device fetched or sent, by the message's server id. */
  readonly files: Map<string, string>;
  /** Where recordings sound. */
  audioOutput: AudioOutputDevice;
  /** Whether an Android device shows push notifications. */
  pushEnabled: boolean;
}

/** Something that a device does for a while and reports in steps: a playback, a recording, a download. */
export type Activity = SoundActivity | DownloadActivity;

/** What falls due on a device. */
export type DeviceTimer = {
  readonly kind: "activityDue";
  readonly account: string;
  readonly deviceId: string;
  /** Index of the entry that began the activity. */
  readonly call: number;
};

/** A device that does nothing. */
export function idlePeripherals(): Peripherals {
  return { activities: new Map(), files: new Map(), audioOutput: AudioOutputDevice.EARPIECE, pushEnabled: true };
}
