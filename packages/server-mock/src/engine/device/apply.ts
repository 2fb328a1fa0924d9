import { deviceOf } from "../event/apply.ts";
import type { Appliers } from "../journal.ts";
import type { DeviceEvent } from "./journal.ts";

/** Folds facts about a device's peripherals and activities into the world. */
export const deviceAppliers: Appliers<DeviceEvent> = {
  soundBegan(world, { account, deviceId, call, activity }) {
    deviceOf(world, account, deviceId).peripherals.activities.set(call, activity);
  },
  soundEnded(world, { account, deviceId, call }) {
    deviceOf(world, account, deviceId).peripherals.activities.delete(call);
  },
  recordingStored({ attachments }, { file }) {
    attachments.files.set(file.attachmentId, { ...file, sharedIn: new Set() });
  },
  audioOutputChosen(world, { account, deviceId, output }) {
    deviceOf(world, account, deviceId).peripherals.audioOutput = output;
  },
  pushSwitched(world, { account, deviceId, enabled }) {
    deviceOf(world, account, deviceId).peripherals.pushEnabled = enabled;
  },
};
