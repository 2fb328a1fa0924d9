import { deviceOf } from "../event/apply.ts";
import type { Appliers } from "../journal.ts";
import type { AttachmentEvent } from "./journal.ts";

/** Folds facts about uploads, stored files and downloads into the world. */
export const attachmentAppliers: Appliers<AttachmentEvent> = {
  uploadBegan({ attachments }, { upload }) {
    // A copy: what the journal says must not grow with the upload.
    attachments.uploads.set(upload.uploadId, { ...upload });
  },
  uploadGrew({ attachments }, { uploadId, received }) {
    const upload = attachments.uploads.get(uploadId);
    if (upload) upload.received = received;
  },
  uploadForgotten({ attachments }, { uploadId }) {
    attachments.uploads.delete(uploadId);
  },
  fileStored({ attachments }, { uploadId, file }) {
    attachments.files.set(file.attachmentId, { ...file, sharedIn: new Set() });
    const upload = attachments.uploads.get(uploadId);
    if (upload) upload.attachmentId = file.attachmentId;
  },
  fileShared({ attachments }, { attachmentId, key }) {
    attachments.files.get(attachmentId)?.sharedIn.add(key);
  },
  fileKept(world, { account, deviceId, serverId, path }) {
    deviceOf(world, account, deviceId).peripherals.files.set(serverId, path);
  },
  downloadMoved(world, { account, deviceId, call, download }) {
    deviceOf(world, account, deviceId).peripherals.activities.set(call, download);
  },
  downloadEnded(world, { account, deviceId, call }) {
    deviceOf(world, account, deviceId).peripherals.activities.delete(call);
  },
};
