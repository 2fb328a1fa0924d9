/**
 * Where the bytes of attachments live. The engine knows no bytes: what it says is there may be missing here, after a
 * snapshot of another backend was restored.
 */
export interface BlobStore {
  /** Puts bytes into an upload at a place; what it had from there on is dropped. A gap is left out and never closes. */
  append(uploadId: string, at: number, data: Uint8Array<ArrayBuffer>): void | Promise<void>;
  /** What an upload has; undefined when it has nothing. */
  upload(uploadId: string): Promise<Blob | undefined>;
  /** Keeps the bytes of an upload, which may be none, under their own name and forgets the upload. */
  keep(uploadId: string, name: string): void | Promise<void>;
  /** Forgets an upload. */
  drop(uploadId: string): void | Promise<void>;
  /** Bytes that are kept under a name; undefined when there are none. */
  get(name: string): Promise<Blob | undefined>;
  /** Forgets everything. */
  clear(): void | Promise<void>;
}

interface Parts {
  readonly list: Uint8Array<ArrayBuffer>[];
  length: number;
}

/** A store that lasts as long as the process. */
export function createMemoryBlobStore(): BlobStore {
  const uploads = new Map<string, Parts>();
  const kept = new Map<string, Blob>();

  const blobOf = (uploadId: string): Blob | undefined => {
    const parts = uploads.get(uploadId);
    return parts && new Blob(parts.list);
  };

  return {
    append(uploadId, at, data) {
      const parts = uploads.get(uploadId) ?? { list: [], length: 0 };
      uploads.set(uploadId, parts);
      if (parts.length > at) truncate(parts, at);
      if (parts.length < at) return;
      // A copy: the caller may use its own again.
      parts.list.push(data.slice());
      parts.length += data.length;
    },
    async upload(uploadId) {
      return blobOf(uploadId);
    },
    keep(uploadId, name) {
      if (!kept.has(name)) kept.set(name, blobOf(uploadId) ?? new Blob([]));
      uploads.delete(uploadId);
    },
    drop(uploadId) {
      uploads.delete(uploadId);
    },
    async get(name) {
      return kept.get(name);
    },
    clear() {
      uploads.clear();
      kept.clear();
    },
  };
}

function truncate(parts: Parts, length: number): void {
  while (parts.length > length) {
    const last = parts.list.pop();
    if (!last) return;
    parts.length -= last.length;
    if (parts.length >= length) continue;
    const rest = last.slice(0, length - parts.length);
    parts.list.push(rest);
    parts.length += rest.length;
  }
}
