import { MessageType, SessionType } from "@nimkit/sdk/protocol/enums";
import type { Conversation, Device, StoredMessage } from "../world.ts";

/** Where a device has a message's file; absent while it has not. */
export interface LocalPaths {
  readonly path?: string;
  readonly thumbPath?: string;
}

const NOWHERE: LocalPaths = {};

/**
 * The local paths of a message. A device fetches recordings and thumbnails of people and teams by itself, anything else
 * and anything in a chat room when it is asked to (behaviour.md B.4). What is fetched lies under the file's address, which pages and `filePath`
 * can use like a path; the thumbnail is the picture itself.
 */
export function localPaths(
  conversation: Conversation,
  { type, serverId, content }: StoredMessage,
  device: Device | undefined,
): LocalPaths {
  const { url, attachmentId } = content;
  if (attachmentId === undefined || url === undefined) return NOWHERE;
  const kept = device?.peripherals.files.get(serverId);
  const fetched = kept ?? (conversation.type === SessionType.CHAT_ROOM ? undefined : url);
  const path = type === MessageType.AUDIO ? fetched : kept;
  const thumbPath = type === MessageType.IMAGE ? fetched : undefined;
  return { ...(path === undefined ? {} : { path }), ...(thumbPath === undefined ? {} : { thumbPath }) };
}
