/** Uploads under way and stored files: facts alone, the bytes are the host's. */
export interface AttachmentStore {
  readonly uploads: Map<string, object>;
  readonly files: Map<string, object>;
}

/** A store without a file. */
export function emptyAttachmentStore(): AttachmentStore {
  return { uploads: new Map(), files: new Map() };
}
