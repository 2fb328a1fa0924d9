import { Code, ConnectError } from "@connectrpc/connect";
import { backoffMs } from "../client/backoff.ts";
import type { Caller } from "../client/call.ts";
import type { NimCallOptions } from "../client/call-options.ts";
import { NimError } from "../client/nim-error.ts";
import { MAX_ATTEMPTS, type RetryOptions } from "../client/retry.ts";
import { wait } from "../client/timers.ts";
import { AttachmentService } from "../gen/nim/v1/attachment_service_pb.ts";
import { ErrorCode } from "../gen/nim/v1/error_pb.ts";
import type { OutgoingFile } from "./resolve-file.ts";

/** How far the file of one message has come; it outlives a failed send, so that the next one goes on from there. */
export interface UploadJob {
  readonly path: string;
  uploadId?: string;
  chunkSize?: number;
  attachmentId?: string;
  /** The message itself was sent. */
  sent?: boolean;
}

/** What an upload needs of its client. */
export interface UploadOptions extends RetryOptions {
  readonly caller: Caller;
  /** Headers of every call of this upload: it must not go on under an account that logged in meanwhile. */
  readonly headers: readonly [string, string][];
  readonly call: NimCallOptions;
  /** Told of the part that the server has, 0 to 1. */
  readonly onProgress: (done: number) => void;
}

const { createUpload, uploadChunk, getUpload, finishUpload } = AttachmentService.method;

const isCode = (reason: unknown, code: ErrorCode): boolean => reason instanceof NimError && reason.code === code;

/**
 * Uploads a file in chunks and gives the id of the attachment. A lost connection is waited out, and the upload goes on
 * where the server says; every step may be repeated, so nothing is stored twice.
 * @throws {NimError} what the server says, 415 when the connection does not come back, 19 when it was cancelled
 */
export async function uploadFile(file: OutgoingFile, job: UploadJob, options: UploadOptions): Promise<string> {
  const { caller, headers, call, onProgress } = options;
  const { signal } = call;
  const { content, name, mimeType } = file;

  const pause = async (failures: number, reason: unknown): Promise<void> => {
    if (failures >= MAX_ATTEMPTS || !isCode(reason, ErrorCode.NOT_CONNECTED)) throw reason;
    await wait(options.timers, backoffMs(failures - 1, options.random, options.backoff), signal);
    if (signal?.aborted) throw NimError.from(ConnectError.from(signal.reason, Code.Canceled), "attachment.uploadChunk");
  };
  /** The other calls are reads, or are repeated by themselves. */
  const again = async <T>(attempt: () => Promise<T>): Promise<T> => {
    for (let failures = 1; ; failures += 1) {
      try {
        return await attempt();
      } catch (reason) {
        await pause(failures, reason);
      }
    }
  };

  async function begin(): Promise<number> {
    const request = { name, size: content.size, mimeType };
    const made = await again(() => caller.unary("attachment.createUpload", createUpload, request, call, headers));
    job.uploadId = made.uploadId;
    job.chunkSize = made.chunkSize;
    return made.offset;
  }

  async function whereToGoOn(): Promise<number> {
    const { uploadId } = job;
    if (uploadId === undefined) return begin();
    try {
      return (await caller.unary("attachment.getUpload", getUpload, { uploadId }, call, headers)).offset;
    } catch (reason) {
      // A server that started again, or forgot it after a day.
      if (isCode(reason, ErrorCode.NOT_FOUND)) return begin();
      throw reason;
    }
  }

  let offset = await whereToGoOn();
  onProgress(offset / Math.max(content.size, 1));
  for (let failures = 0; offset < content.size; ) {
    const { uploadId = "", chunkSize = content.size } = job;
    try {
      const data = new Uint8Array(await content.slice(offset, offset + chunkSize).arrayBuffer());
      const chunk = { uploadId, offset, data };
      offset = (await caller.unary("attachment.uploadChunk", uploadChunk, chunk, call, headers)).offset;
      failures = 0;
      if (offset < content.size) onProgress(offset / content.size);
    } catch (reason) {
      failures += 1;
      await pause(failures, reason);
      offset = await whereToGoOn();
    }
  }
  const { uploadId = "" } = job;
  const done = await again(() => caller.unary("attachment.finishUpload", finishUpload, { uploadId }, call, headers));
  const attachmentId = done.attachment?.attachmentId ?? "";
  job.attachmentId = attachmentId;
  return attachmentId;
}
