import { DownloadEvent } from "@nimkit/sdk/protocol/enums";
import { DOWNLOAD_PARTS } from "../limits.ts";
import { findMessage } from "../message/conversation.ts";
import type { TimerRules } from "../timers.ts";
import type { AttachmentTimer } from "./attachment.ts";
import { arrived, awaitPart, type Downloading, progressed, stepOf } from "./download.ts";
import { endDownload } from "./end-download.ts";

/** What falls due about attachments. */
export const attachmentTimers: TimerRules<AttachmentTimer> = {
  forgetUpload: (world, _env, { uploadId }) =>
    world.attachments.uploads.has(uploadId) ? [{ type: "uploadForgotten", uploadId }] : [],

  downloadDue(world, _env, { account: accountId, deviceId, call }) {
    const account = world.accounts.get(accountId);
    const device = account?.devices.get(deviceId);
    const download = device?.peripherals.activities.get(call);
    if (!account || !device || download?.kind !== "download") return [];
    const found = findMessage(world, account, download.messageId, download.key);
    // Revoked meanwhile: nothing more comes of it (reliability.md P7).
    if (!found || found.message.revokedBy !== undefined) return endDownload(accountId, deviceId, call, download);

    const downloading: Downloading = { account, device, call, found };
    const parts = download.parts + 1;
    const step = stepOf(downloading, DownloadEvent.PROGRESS, parts / DOWNLOAD_PARTS);
    // A policy that took the limit away lets the rest come at once.
    const rate = world.policy.downloadBytesPerSecond || Number.POSITIVE_INFINITY;
    if (parts < DOWNLOAD_PARTS) {
      return [progressed(downloading, step), ...awaitPart(downloading, download, parts, rate)];
    }
    return [
      progressed(downloading, step),
      { type: "downloadEnded", account: accountId, deviceId, call },
      ...arrived(downloading),
    ];
  },
};
