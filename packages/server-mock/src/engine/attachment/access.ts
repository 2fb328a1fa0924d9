import { ErrorCode } from "@nimkit/sdk/protocol/enums";
import type { DownloadCommand, DownloadReply } from "../../gen/commands.ts";
import type { CallContext } from "../decide-table.ts";
import { accept, type Decision, refuse } from "../outcome.ts";
import type { Account, World } from "../world.ts";
import type { StoredFile } from "./attachment.ts";

/** Where a chat room's files are shared. */
export const roomKey = (roomId: string): string => `room ${roomId}`;

/**
 * A file that the account may read and send on: its own, or one that came in a conversation of the account or in a chat
 * room, which is open to all. Another's counts as none.
 */
export function readableFile(world: World, account: Account, attachmentId: string): StoredFile | undefined {
  const file = world.attachments.files.get(attachmentId);
  if (!file) return undefined;
  if (file.owner === account.id) return file;
  for (const key of file.sharedIn) if (account.views.has(key) || key.startsWith("room ")) return file;
  return undefined;
}

/** Whether bytes may be read from an offset on. The host adds them: the reply has none. */
export function decideDownload(
  world: World,
  { attachmentId, offset }: DownloadCommand,
  { account }: CallContext,
): Decision<DownloadReply> {
  const file = readableFile(world, account, attachmentId);
  if (file && offset > file.size) return refuse(ErrorCode.BAD_PARAMETER, "offset");
  if (!file) return refuse(ErrorCode.NOT_FOUND, "attachment_id");
  return accept({ data: new Uint8Array(0), offset, size: file.size });
}
