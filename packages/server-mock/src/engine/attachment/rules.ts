import type { DecideTable } from "../decide-table.ts";
import { decideDownload } from "./access.ts";
import { decideAbortDownload, decideDownloadAttachment } from "./download.ts";
import { attachmentSendRules } from "./send.ts";
import { decideCreateUpload, decideFinishUpload, decideGetUpload, decideUploadChunk } from "./upload.ts";

/** The rpcs about files: those of AttachmentService, and those of MessageService that send or fetch one. */
export const attachmentRules = {
  "attachment.createUpload": decideCreateUpload,
  "attachment.uploadChunk": decideUploadChunk,
  "attachment.getUpload": decideGetUpload,
  "attachment.finishUpload": decideFinishUpload,
  "attachment.download": decideDownload,
  ...attachmentSendRules,
  "message.downloadAttachment": decideDownloadAttachment,
  "message.abortDownloadAttachment": decideAbortDownload,
} satisfies Partial<DecideTable>;
