import type { DeviceHooks } from "../device/lifecycle.ts";
import type { JournalEvent } from "../journal.ts";
import type { DownloadActivity } from "./download-activity.ts";

/** Ends a download before the file is there: the reader sees the end of his call and no completion. */
export function endDownload(
  account: string,
  deviceId: string,
  call: number,
  { due }: DownloadActivity,
): readonly JournalEvent[] {
  return [
    { type: "downloadEnded", account, deviceId, call },
    { type: "timerCleared", due, key: `download ${call}` },
    { type: "progressEnded", call },
  ];
}

/** Nothing is fetched any more on a device that is logged out. A lost connection ends the readers' calls by itself. */
export const downloadsOfDevice: DeviceHooks = {
  sessionEnds(draft, world, _env, account, deviceId) {
    for (const [call, activity] of world.accounts.get(account)?.devices.get(deviceId)?.peripherals.activities ?? []) {
      if (activity.kind !== "download") continue;
      for (const event of endDownload(account, deviceId, call, activity)) draft.emit(event);
    }
  },
};
