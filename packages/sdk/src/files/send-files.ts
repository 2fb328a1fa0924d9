import {
  clone,
  create,
  type DescMessage,
  type DescMethodUnary,
  type MessageInitShape,
  type MessageShape,
} from "@bufbuild/protobuf";
import type { Caller } from "../client/call.ts";
import type { NimCallOptions } from "../client/call-options.ts";
import { NimError } from "../client/nim-error.ts";
import type { RetryOptions } from "../client/retry.ts";
import type { Emitter } from "../events/emitter.ts";
import type { NimApi } from "../gen/client.ts";
import { MessageProgressSchema, MessageSendingSchema } from "../gen/nim/v1/event_pb.ts";
import { MessageType, type SessionType } from "../gen/nim/v1/message_pb.ts";
import { MessageService } from "../gen/nim/v1/message_service_pb.ts";
import type { FileSource } from "./resolve-file.ts";
import { type UploadJob, uploadFile } from "./upload-file.ts";

/** The sends that take a path. */
export type FileSends = Pick<NimApi["message"], "sendImage" | "sendAudio" | "sendVideo" | "sendFile">;

/** What the sends of files need of their client. */
export interface FileSendsOptions extends RetryOptions {
  readonly caller: Caller;
  readonly files: Pick<FileSource, "read">;
  readonly emitter: Pick<Emitter, "emit">;
  readonly headers: () => readonly [string, string][];
  readonly isLogined: () => boolean;
  readonly ids: () => string;
}

/** Messages whose uploads are remembered, so that a resend goes on or repeats nothing. */
const REMEMBERED = 200;

/** What a send of a file has, whatever the file is. */
interface FileRequest {
  sessionId: string;
  sessionType: SessionType;
  filePath: string;
  messageId: string;
  attachmentId: string;
}

/** An error of the upload as one of the send that the app called. */
function asSendError(reason: unknown, method: string): NimError {
  const error = NimError.from(reason, method);
  if (error.method === method) return error;
  const { code, textEn, textZh, connectCode } = error;
  const field = error.field === undefined ? undefined : "filePath";
  return new NimError({ code, method, field, textEn, textZh, connectCode, cause: error });
}

/**
 * The sends of files: each reads its path, uploads the content and sends the message. The app hears, in this order, that
 * the message is about to leave, how far its upload is (up to 1), and the result. The same message id again goes on with
 * an upload that was cut, and never uploads a file twice.
 */
export function createFileSends(options: FileSendsOptions): FileSends {
  const { caller, emitter, files, ids, isLogined } = options;
  const jobs = new Map<string, UploadJob>();

  function jobOf({ messageId, filePath }: FileRequest): UploadJob {
    const known = jobs.get(messageId);
    if (known?.path === filePath) return known;
    const job: UploadJob = { path: filePath };
    jobs.set(messageId, job);
    const [oldest] = jobs.keys();
    if (jobs.size > REMEMBERED && oldest !== undefined) jobs.delete(oldest);
    return job;
  }

  function announce({ messageId, sessionId, sessionType }: FileRequest, messageType: MessageType): void {
    const value = create(MessageSendingSchema, { messageId, messageType, sessionId, sessionType });
    emitter.emit({ name: "messageSending", value });
  }

  async function send<I extends DescMessage, O extends DescMessage>(
    method: DescMethodUnary<I, O>,
    messageType: MessageType,
    init: MessageInitShape<I>,
    call: NimCallOptions,
  ): Promise<MessageShape<O>> {
    const rpc = `message.${method.localName}`;
    const headers = options.headers();
    const message = clone(method.input, create(method.input, init));
    const request = message as object as FileRequest;
    // What the server will refuse anyway is not worth an upload.
    if (!isLogined() || !request.sessionId || !request.filePath) {
      return caller.unary(rpc, method, message as MessageInitShape<I>, call, headers);
    }
    request.messageId ||= ids();
    const job = jobOf(request);
    if (!job.sent) {
      announce(request, messageType);
      const onProgress = (progress: number): void => {
        const value = create(MessageProgressSchema, { messageId: request.messageId, progress });
        emitter.emit({ name: "messageProgress", value });
      };
      try {
        if (request.attachmentId) job.attachmentId = request.attachmentId;
        if (job.attachmentId === undefined) {
          const file = await files.read(request.filePath, rpc);
          await uploadFile(file, job, { ...options, headers, call, onProgress });
        }
      } catch (reason) {
        throw asSendError(reason, rpc);
      }
      onProgress(1);
    }
    if (job.attachmentId !== undefined) request.attachmentId = job.attachmentId;
    const response = await caller.unary(rpc, method, message as MessageInitShape<I>, call, headers);
    job.sent = true;
    return response;
  }

  const { sendImage, sendAudio, sendVideo, sendFile } = MessageService.method;
  return {
    sendImage: (request, call = {}) => send(sendImage, MessageType.IMAGE, request, call),
    sendAudio: (request, call = {}) => send(sendAudio, MessageType.AUDIO, request, call),
    sendVideo: (request, call = {}) => send(sendVideo, MessageType.VIDEO, request, call),
    sendFile: (request, call = {}) => send(sendFile, MessageType.FILE, request, call),
  };
}
