import { ErrorCode } from "@nimkit/sdk/protocol/enums";
import type {
  AttachmentData,
  CreateUploadCommand,
  CreateUploadReply,
  FinishUploadCommand,
  FinishUploadReply,
  GetUploadCommand,
  GetUploadReply,
  UploadChunkCommand,
  UploadChunkReply,
} from "../../gen/commands.ts";
import type { CallContext } from "../decide-table.ts";
import { UPLOAD_LIFETIME_MS } from "../limits.ts";
import { accept, type Decision, refuse } from "../outcome.ts";
import type { Account, World } from "../world.ts";
import { baseName, fileAddress } from "./address.ts";
import type { StoredFile, Upload } from "./attachment.ts";

const UNKNOWN = () => refuse(ErrorCode.NOT_FOUND, "upload_id");

/** An upload that the account may go on with. Another's counts as none. */
function ownUpload(world: World, account: Account, uploadId: string): Upload | undefined {
  const upload = world.attachments.uploads.get(uploadId);
  return upload?.owner === account.id ? upload : undefined;
}

/** Begins an upload; it is forgotten after a day. */
export function decideCreateUpload(
  world: World,
  { name, size, mimeType, md5 }: CreateUploadCommand,
  { env, account }: CallContext,
): Decision<CreateUploadReply> {
  const { attachmentMaxBytes, attachmentChunkBytes: chunkSize } = world.policy;
  if (!Number.isInteger(size) || size < 0 || size > attachmentMaxBytes) return refuse(ErrorCode.BAD_PARAMETER, "size");
  const uploadId = env.id("upload");
  const upload: Upload = {
    uploadId,
    owner: account.id,
    index: env.index,
    name: baseName(name),
    size,
    mimeType,
    ...(md5 ? { md5: md5.toLowerCase() } : {}),
    received: 0,
    attachmentId: undefined,
  };
  const timer = {
    due: env.now() + UPLOAD_LIFETIME_MS,
    key: `upload ${uploadId}`,
    action: { kind: "forgetUpload", uploadId },
  } as const;
  return accept({ uploadId, chunkSize, offset: 0 }, [
    { type: "uploadBegan", upload },
    { type: "timerSet", timer },
  ]);
}

/** Takes the bytes behind those that are there. The command has none: the host keeps them and tells how many came. */
export function decideUploadChunk(
  world: World,
  { uploadId, offset }: UploadChunkCommand,
  { account, facts }: CallContext,
): Decision<UploadChunkReply> {
  const upload = ownUpload(world, account, uploadId);
  const length = facts.length ?? 0;
  const end = offset + length;
  if (length > world.policy.attachmentChunkBytes) return refuse(ErrorCode.BAD_PARAMETER, "data");
  if (!upload) return UNKNOWN();
  if (offset > upload.received) return refuse(ErrorCode.BAD_PARAMETER, "offset");
  if (end > upload.size) return refuse(ErrorCode.BAD_PARAMETER, "data");
  if (end <= upload.received) return accept({ offset: upload.received });
  return accept({ offset: end }, [{ type: "uploadGrew", uploadId, received: end }]);
}

/** How far an upload has come. */
export function decideGetUpload(
  world: World,
  { uploadId }: GetUploadCommand,
  { account }: CallContext,
): Decision<GetUploadReply> {
  const upload = ownUpload(world, account, uploadId);
  return upload ? accept({ offset: upload.received }) : UNKNOWN();
}

/** Makes a file of an upload; the same one when it is asked again. 404 also when the host has lost the bytes. */
export function decideFinishUpload(
  world: World,
  { uploadId }: FinishUploadCommand,
  { env, account, facts: { file: found } }: CallContext,
): Decision<FinishUploadReply> {
  const upload = ownUpload(world, account, uploadId);
  if (!upload) return UNKNOWN();
  const made = upload.attachmentId === undefined ? undefined : world.attachments.files.get(upload.attachmentId);
  if (made) return accept({ attachment: attachmentData(made) });
  if (upload.received < upload.size) return refuse(ErrorCode.BAD_PARAMETER, "upload_id");
  if (!found) return UNKNOWN();
  if (upload.md5 !== undefined && upload.md5 !== found.md5) return refuse(ErrorCode.CHECKSUM_FAILED, "upload_id");
  const { owner, name, size, mimeType } = upload;
  const file = {
    ...found,
    attachmentId: env.id("attachment"),
    owner,
    index: env.index,
    name,
    size,
    mimeType: mimeType === UNTYPED ? (found.mimeType ?? UNTYPED) : mimeType,
  };
  return accept({ attachment: attachmentData(file) }, [{ type: "fileStored", uploadId, file }]);
}

/** What uploaders declare who do not know. */
const UNTYPED = "application/octet-stream";

function attachmentData(file: Omit<StoredFile, "sharedIn">): AttachmentData {
  const { attachmentId, size, md5, mimeType, name, width, height, duration } = file;
  return {
    attachmentId,
    url: fileAddress(file),
    size,
    md5,
    mimeType,
    name,
    ...(width === undefined ? {} : { width }),
    ...(height === undefined ? {} : { height }),
    ...(duration === undefined ? {} : { duration }),
  };
}
