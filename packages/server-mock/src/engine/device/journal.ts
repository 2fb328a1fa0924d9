import type { AudioOutputDevice } from "@nimkit/sdk/protocol/enums";
import type { StoredFile } from "../attachment/attachment.ts";
import type { SoundActivity, SoundPlace } from "../audio/sound.ts";

interface OfDevice {
  readonly account: string;
  readonly deviceId: string;
}

/** Facts about a device's peripherals and activities. */
export type DeviceEvent =
  | ({ readonly type: "soundBegan"; readonly activity: SoundActivity } & SoundPlace)
  | ({ readonly type: "soundEnded" } & SoundPlace)
  /** A recording became a file of the account that recorded it. */
  | { readonly type: "recordingStored"; readonly file: Omit<StoredFile, "sharedIn"> }
  | ({ readonly type: "audioOutputChosen"; readonly output: AudioOutputDevice } & OfDevice)
  | ({ readonly type: "pushSwitched"; readonly enabled: boolean } & OfDevice);
