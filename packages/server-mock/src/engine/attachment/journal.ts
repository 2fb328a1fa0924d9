import type { StoredFile, Upload } from "./attachment.ts";
import type { DownloadActivity } from "./download-activity.ts";

interface OfDownload {
  readonly account: string;
  readonly deviceId: string;
  /** Index of the entry that began the download. */
  readonly call: number;
}

/** Facts about uploads, stored files and downloads. */
export type AttachmentEvent =
  | { readonly type: "uploadBegan"; readonly upload: Readonly<Upload> }
  | { readonly type: "uploadGrew"; readonly uploadId: string; readonly received: number }
  | { readonly type: "uploadForgotten"; readonly uploadId: string }
  | { readonly type: "fileStored"; readonly uploadId: string; readonly file: Omit<StoredFile, "sharedIn"> }
  /** A message carries the file into a conversation or a chat room. */
  | { readonly type: "fileShared"; readonly attachmentId: string; readonly key: string }
  /** A device has the file of a message, named by its server id, under a local path. */
  | {
      readonly type: "fileKept";
      readonly account: string;
      readonly deviceId: string;
      readonly serverId: string;
      readonly path: string;
    }
  | ({ readonly type: "downloadMoved"; readonly download: DownloadActivity } & OfDownload)
  | ({ readonly type: "downloadEnded" } & OfDownload);
