/** Uploads under way and stored files: facts alone, the bytes are the host's. */
export interface AttachmentStore {
  /** By upload id. */
  readonly uploads: Map<string, Upload>;
  /** By attachment id. */
  readonly files: Map<string, StoredFile>;
}

/** An upload, under way or finished. */
export interface Upload {
  readonly uploadId: string;
  /** The account that may go on with it. */
  readonly owner: string;
  /** Index of the log entry that began it. */
  readonly index: number;
  /** Without folders. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** As the uploader declared it. */
  readonly mimeType: string;
  /** What the uploader says the MD5 is; lower case. */
  readonly md5?: string;
  /** Bytes that have come. */
  received: number;
  /** The file that it became. */
  attachmentId: string | undefined;
}

/** A file that messages can refer to. */
export interface StoredFile extends FileFacts {
  readonly attachmentId: string;
  /** The account that uploaded it. */
  readonly owner: string;
  /** Index of the log entry that stored it. */
  readonly index: number;
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  readonly mimeType: string;
  /** Conversations and chat rooms in which a message carries it: whoever is in one may read it. */
  readonly sharedIn: Set<string>;
}

/** What only somebody who has the bytes can tell; the host works it out before the upload is finished. */
export interface FileFacts {
  /** Where the host keeps the bytes: their SHA-256, in hexadecimal. */
  readonly blob: string;
  /** 32 lower-case hexadecimal digits. */
  readonly md5: string;
  /** Type that the bytes themselves show, where they do. */
  readonly mimeType?: string;
  /** Pixels of an image or a video. */
  readonly width?: number;
  readonly height?: number;
  /** Milliseconds of a recording or a video. */
  readonly duration?: number;
}

/** What falls due about attachments. */
export type AttachmentTimer =
  /** An upload is forgotten, finished or not. */
  | { readonly kind: "forgetUpload"; readonly uploadId: string }
  /** The next part of a download has come; `call` is the index of the entry that began it. */
  | { readonly kind: "downloadDue"; readonly account: string; readonly deviceId: string; readonly call: number };

/** A store without a file. */
export function emptyAttachmentStore(): AttachmentStore {
  return { uploads: new Map(), files: new Map() };
}
