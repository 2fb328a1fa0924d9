import { ErrorCode, MessageType, SessionType } from "@nimkit/sdk/protocol/enums";
import type { SendImageCommand, SendVideoCommand } from "../../gen/commands.ts";
import type { CallContext, DecideTable } from "../decide-table.ts";
import type { JournalEvent } from "../journal.ts";
import { conversationKey } from "../message/conversation.ts";
import { decideSend, type Outgoing, type SentReply } from "../message/send.ts";
import { type Decision, refuse } from "../outcome.ts";
import type { MessageContent, World } from "../world.ts";
import { readableFile, roomKey } from "./access.ts";
import { coverAddress, fileAddress } from "./address.ts";
import type { StoredFile } from "./attachment.ts";

/** What the sends of files have in common. */
interface OutgoingFile
  extends Outgoing,
    Partial<Pick<SendVideoCommand, "displayName" | "duration" | "width" | "height">> {
  readonly filePath: string;
  readonly attachmentId?: string;
}

type ContentOf = (file: StoredFile, command: OutgoingFile) => MessageContent;

/** What every message with a file says of it. */
function basics(file: StoredFile): MessageContent {
  const { attachmentId, size, md5, mimeType } = file;
  return { url: fileAddress(file), fileLength: size, md5, mimeType, attachmentId };
}

const named = (file: StoredFile, { displayName }: OutgoingFile): MessageContent => ({
  displayName: displayName || file.name,
});

/** What the sender says of the picture's size, or else what its bytes do. */
function measured(file: StoredFile, command: Pick<SendImageCommand, "width" | "height">): MessageContent {
  const { width = file.width, height = file.height } = command;
  return { ...(width ? { width } : {}), ...(height ? { height } : {}) };
}

function timed(file: StoredFile, { duration = file.duration }: OutgoingFile): MessageContent {
  return duration === undefined ? {} : { duration };
}

/** Says what the files of each kind of message are described by (behaviour.md B.4). */
const contents = {
  image: (file, command) => ({ ...basics(file), ...named(file, command), ...measured(file, command) }),
  audio: (file, command) => ({ ...basics(file), ...timed(file, command) }),
  video: (file, command) => ({
    ...basics(file),
    ...named(file, command),
    ...measured(file, command),
    ...timed(file, command),
    coverUrl: coverAddress(file),
  }),
  file: (file, command) => ({ ...basics(file), ...named(file, command) }),
} satisfies Record<string, ContentOf>;

const NOT_UPLOADED = {
  en: "This server reads no paths: upload the file with AttachmentService (CreateUpload, UploadChunk, FinishUpload) and pass its attachment_id beside file_path, as the SDK does.",
  zh: "服务器不读取本地路径：请先用 AttachmentService（CreateUpload、UploadChunk、FinishUpload）上传文件，再同时传入 attachment_id，SDK 会自动完成",
} as const;

function decideSendFile(
  world: World,
  command: OutgoingFile,
  { env, actor, account }: CallContext,
  type: MessageType,
  contentOf: ContentOf,
): Decision<SentReply> {
  if (!command.attachmentId) return refuse(ErrorCode.MISSING_ARGUMENT, "attachment_id", [], NOT_UPLOADED);
  const file = readableFile(world, account, command.attachmentId);
  if (!file) return refuse(ErrorCode.NOT_FOUND, "attachment_id");
  const decision = decideSend(world, env, actor, account, command, type, contentOf(file, command));
  const { outcome } = decision;
  const { sessionId, sessionType, filePath: path } = command;
  const stored = decision.events.find((event) => event.type === "messageStored");
  const serverId = "reply" in outcome ? outcome.reply.message.serverId : stored?.message.serverId;
  if (serverId === undefined) return decision;

  // A sender who sends it again has it where he has it.
  const kept = account.devices.get(actor.deviceId)?.peripherals.files.get(serverId);
  const events: JournalEvent[] = [...decision.events];
  const key = conversationKey(account.id, sessionId, sessionType) ?? roomKey(sessionId);
  const isShared = "reply" in outcome || sessionType === SessionType.CHAT_ROOM;
  if (isShared && !file.sharedIn.has(key)) {
    events.push({ type: "fileShared", attachmentId: file.attachmentId, key });
  }
  if (kept === undefined && decision.events.length > 0) {
    events.push({ type: "fileKept", account: account.id, deviceId: actor.deviceId, serverId, path });
  }
  if (!("reply" in outcome)) return { outcome, events };
  const local = { path: kept ?? path, ...(type === MessageType.IMAGE ? { thumbPath: kept ?? path } : {}) };
  return { outcome: { reply: { message: { ...outcome.reply.message, ...local } } }, events };
}

/** The sends whose content is a file. */
export const attachmentSendRules: Pick<
  DecideTable,
  "message.sendImage" | "message.sendAudio" | "message.sendVideo" | "message.sendFile"
> = {
  "message.sendImage": (world, command, context) =>
    decideSendFile(world, command, context, MessageType.IMAGE, contents.image),
  "message.sendAudio": (world, command, context) =>
    decideSendFile(world, command, context, MessageType.AUDIO, contents.audio),
  "message.sendVideo": (world, command, context) =>
    decideSendFile(world, command, context, MessageType.VIDEO, contents.video),
  "message.sendFile": (world, command, context) =>
    decideSendFile(world, command, context, MessageType.FILE, contents.file),
};
