import { ErrorCode } from "@nimkit/sdk/protocol/enums";
import { RuleError } from "../backend/rule-error.ts";
import { canonicalAccount } from "../engine/account-id.ts";
import { FILE_SCHEME, fileAddress } from "../engine/attachment/address.ts";
import type { FileFacts, StoredFile } from "../engine/attachment/attachment.ts";
import { silenceOf } from "../engine/audio/recording.ts";
import type { Actor, HostFacts } from "../engine/entry.ts";
import type { JournalEvent } from "../engine/journal.ts";
import type { World } from "../engine/world.ts";
import type {
  CommandOf,
  DownloadCommand,
  DownloadReply,
  FinishUploadCommand,
  FinishUploadReply,
  ReplyOf,
  UploadChunkCommand,
  UploadChunkReply,
} from "../gen/commands.ts";
import { type BlobStore, createMemoryBlobStore } from "./blob-store.ts";
import { videoCover } from "./cover.ts";
import { createFilePaths } from "./file-url.ts";
import { inspectFile } from "./inspect-file.ts";
import { silence } from "./silence.ts";

/** Rpcs that carry bytes. The engine decides them, but only the host has the bytes. */
export type ByteRpc = "attachment.uploadChunk" | "attachment.finishUpload" | "attachment.download";

/** A file that may be handed to anybody who has its path. */
export interface FoundFile {
  readonly content: Blob;
  readonly name: string;
  readonly mimeType: string;
  /** Changes when the bytes do. */
  readonly tag: string;
}

/** The bytes of a backend's attachments. */
export interface Attachments {
  /** Takes a chunk of an upload. @throws RuleError */
  uploadChunk(command: UploadChunkCommand, actor: Actor): Promise<UploadChunkReply>;
  /** Makes an attachment of an upload. @throws RuleError */
  finishUpload(command: FinishUploadCommand, actor: Actor): Promise<FinishUploadReply>;
  /** Reads an attachment piece by piece. @throws RuleError from the first read; 404 also when its bytes are not here */
  download(command: DownloadCommand, actor: Actor): AsyncIterable<DownloadReply>;
  /** Whether there is no file at all. */
  isEmpty(): boolean;
  /**
   * An address that a caller can open in the place of the mock's own (`nimkit-mock:…`): below a server's base address,
   * or without one an object URL, which this process and its page can open. One that cannot be made stays as it is.
   */
  address(inside: string, baseUrl: string | undefined): Promise<string>;
  /** The mock's own address of a file for one that `address` made; any other path stays as it is. */
  inside(address: string): string;
  /** The file of a path that `address` made, such as `/attachments/…/cat.png`. */
  find(path: string): Promise<FoundFile | undefined>;
}

/** What a backend's attachments need of it, and what it tells them. */
export interface AttachmentHost {
  readonly world: World;
  /** Commits a call with what the host knows of it. @throws RuleError */
  call<K extends ByteRpc>(rpc: K, command: CommandOf<K>, actor: Actor, facts: HostFacts): ReplyOf<K>;
}

/** Bytes of one response of a download: they fit a message as base64 too. */
const PIECE_BYTES = 1_048_576;
/** The path of an address on any server. */
const pathOf = (address: string): string => address.replace(/^https?:\/\/[^/]*/i, "").replace(/[?#].*$/, "");
const NO_BYTES = new Uint8Array(0);
/** Types that a page may show of its own origin; others could run scripts there. */
const INERT = /^(image\/(?!svg)|audio\/|video\/)[\w.+-]+$/i;

/** Creates the bytes' side of a backend. */
export function createAttachments(
  { world, call }: AttachmentHost,
  store: BlobStore = createMemoryBlobStore(),
): Attachments & { publish(events: readonly JournalEvent[]): void; close(): void } {
  const paths = createFilePaths();
  const objectUrls = new Map<string, string>();

  async function contentOf(file: StoredFile | undefined, cover: boolean): Promise<Blob | undefined> {
    if (!file || cover) return file && videoCover(file);
    const recorded = silenceOf(file.blob);
    return recorded === undefined ? store.get(file.blob) : silence(recorded);
  }

  const forgetUrls = (): void => {
    for (const url of objectUrls.values()) URL.revokeObjectURL(url);
    objectUrls.clear();
  };

  /** What an upload is, if it is whole and waits to be finished. */
  async function factsOf(uploadId: string, owner: string): Promise<FileFacts | undefined> {
    const upload = world.attachments.uploads.get(uploadId);
    if (upload?.owner !== owner || upload.attachmentId !== undefined || upload.received < upload.size) return undefined;
    const content = upload.size === 0 ? new Blob([]) : await store.upload(uploadId);
    return content?.size === upload.size ? inspectFile(content, upload.mimeType) : undefined;
  }

  async function objectUrl(inside: string, path: string): Promise<string> {
    const known = objectUrls.get(inside);
    if (known !== undefined) return known;
    const { attachmentId = "", cover = false } = paths.read(path) ?? {};
    const file = world.attachments.files.get(attachmentId);
    const content = await contentOf(file, cover);
    if (!file || !content || typeof URL.createObjectURL !== "function") return inside;
    const type =
      cover || INERT.test(file.mimeType) ? (cover ? content.type : file.mimeType) : "application/octet-stream";
    const url = objectUrls.get(inside) ?? URL.createObjectURL(content.slice(0, content.size, type));
    objectUrls.set(inside, url);
    return url;
  }

  return {
    async uploadChunk({ uploadId, offset, data }, actor) {
      const { received = 0 } = world.attachments.uploads.get(uploadId) ?? {};
      const command = { uploadId, offset, data: NO_BYTES };
      const reply = call("attachment.uploadChunk", command, actor, { length: data.length });
      if (reply.offset > received)
        await store.append(uploadId, received, new Uint8Array(data.subarray(received - offset)));
      return reply;
    },
    async finishUpload({ uploadId }, actor) {
      const file = await factsOf(uploadId, canonicalAccount(actor.account));
      const reply = call("attachment.finishUpload", { uploadId }, actor, file === undefined ? {} : { file });
      if (file?.blob !== undefined) await store.keep(uploadId, file.blob);
      return reply;
    },
    async *download({ attachmentId, offset }, actor) {
      const { size } = call("attachment.download", { attachmentId, offset }, actor, {});
      const content = await contentOf(world.attachments.files.get(attachmentId), false);
      if (!content) throw new RuleError("attachment.download", ErrorCode.NOT_FOUND, "attachment_id");
      let at = offset;
      do {
        const data = new Uint8Array(await content.slice(at, at + PIECE_BYTES).arrayBuffer());
        yield { data, offset: at, size };
        at += data.length;
      } while (at < size);
    },
    isEmpty: () => world.attachments.files.size === 0,
    async address(inside, baseUrl) {
      const path = paths.sign(inside.slice(FILE_SCHEME.length));
      if (path === undefined) return inside;
      return baseUrl === undefined ? objectUrl(inside, path) : baseUrl + path;
    },
    inside(address) {
      for (const [inside, url] of objectUrls) if (url === address) return inside;
      const { attachmentId = "" } = paths.read(pathOf(address)) ?? {};
      const file = world.attachments.files.get(attachmentId);
      return file ? fileAddress(file) : address;
    },
    async find(path) {
      const named = paths.read(path);
      const file = named && world.attachments.files.get(named.attachmentId);
      const content = await contentOf(file, named?.cover === true);
      if (!file || !content) return undefined;
      if (named?.cover) return { content, name: "cover.svg", mimeType: content.type, tag: `${file.md5}-cover` };
      return { content, name: file.name, mimeType: file.mimeType, tag: file.md5 };
    },
    publish(events) {
      for (const event of events) {
        if (event.type === "uploadForgotten") void store.drop(event.uploadId);
        else if (event.type === "worldReset") {
          void store.clear();
          forgetUrls();
        }
      }
    },
    close() {
      void store.clear();
      forgetUrls();
    },
  };
}
