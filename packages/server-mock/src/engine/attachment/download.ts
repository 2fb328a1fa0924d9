import { DownloadEvent, ErrorCode } from "@nimkit/sdk/protocol/enums";
import type {
  AbortDownloadAttachmentCommand,
  AbortDownloadAttachmentReply,
  DownloadAttachmentCommand,
  DownloadAttachmentReply,
} from "../../gen/commands.ts";
import type { CallContext } from "../decide-table.ts";
import type { JournalEvent } from "../journal.ts";
import { DOWNLOAD_PARTS } from "../limits.ts";
import { conversationKey, type FoundMessage, findMessage } from "../message/conversation.ts";
import { messageData } from "../message/message-data.ts";
import { accept, type Decision, refuse } from "../outcome.ts";
import { isOnDevice, overlayOf } from "../session/overlay.ts";
import type { Account, Device, World } from "../world.ts";
import { roomKey } from "./access.ts";
import type { DownloadActivity } from "./download-activity.ts";
import { endDownload } from "./end-download.ts";
import { localPaths } from "./local-path.ts";

/** Who downloads what. */
export interface Downloading {
  readonly account: Account;
  readonly device: Device;
  /** Index of the entry that began it. */
  readonly call: number;
  readonly found: FoundMessage;
}

/** Fetches a message's file to the device: at once, or in parts at the speed of the policy (behaviour.md B.4). */
export function decideDownloadAttachment(
  world: World,
  { messageId, sessionId, sessionType }: DownloadAttachmentCommand,
  { env, actor, account }: CallContext,
): Decision<DownloadAttachmentReply> {
  // Android finds the message by its id alone (behaviour.md D.1).
  const named = sessionId && actor.platform !== "android";
  const key = named ? (conversationKey(account.id, sessionId, sessionType) ?? roomKey(sessionId)) : undefined;
  const found = findMessage(world, account, messageId, key);
  const device = account.devices.get(actor.deviceId);
  if (!device || !found || !isOnDevice(overlayOf(device, found.conversation.key), found.message)) {
    return refuse(ErrorCode.NOT_FOUND, "message_id");
  }
  const { attachmentId } = found.message.content;
  if (attachmentId === undefined) return refuse(ErrorCode.BAD_PARAMETER, "message_id");
  const downloading: Downloading = { account, device, call: env.index, found };
  const reply = stepOf(downloading, DownloadEvent.START, 0);
  if (localPaths(found.conversation, found.message, device).path !== undefined) {
    if (actor.platform === "android") return refuse(ErrorCode.BAD_PARAMETER, "message_id");
    return accept(reply, [progressed(downloading, reply), ...completed(downloading)]);
  }
  const file = world.attachments.files.get(attachmentId);
  if (!file) return refuse(ErrorCode.NOT_FOUND, "message_id");

  const rate = world.policy.downloadBytesPerSecond;
  if (rate === 0) {
    const last = stepOf(downloading, DownloadEvent.PROGRESS, 1);
    return accept(reply, [progressed(downloading, reply), progressed(downloading, last), ...arrived(downloading)]);
  }
  const download: Omit<DownloadActivity, "parts" | "due"> = {
    kind: "download",
    key: found.conversation.key,
    messageId,
    size: file.size,
    began: env.now(),
  };
  return accept(reply, [progressed(downloading, reply), ...awaitPart(downloading, download, 0, rate)]);
}

/** Stops the device's downloads, or those of one message. There may be none. */
export function decideAbortDownload(
  _world: World,
  { messageId }: AbortDownloadAttachmentCommand,
  { actor, account }: CallContext,
): Decision<AbortDownloadAttachmentReply> {
  const events: JournalEvent[] = [];
  for (const [call, activity] of account.devices.get(actor.deviceId)?.peripherals.activities ?? []) {
    if (activity.kind !== "download" || (messageId && activity.messageId !== messageId)) continue;
    events.push(...endDownload(account.id, actor.deviceId, call, activity));
  }
  return accept({}, events);
}

/** What a download reports. */
export function stepOf({ account, device, found }: Downloading, eventType: DownloadEvent, progress: number) {
  return { eventType, message: messageData(found.conversation, found.message, account.id, device), progress };
}

/** Tells the reader of the download. */
export function progressed({ call }: Downloading, reply: DownloadAttachmentReply): JournalEvent {
  return { type: "progressed", call, reply };
}

/** Waits for the next part: all parts take the same time. */
export function awaitPart(
  { account, device, call }: Downloading,
  download: Omit<DownloadActivity, "parts" | "due">,
  parts: number,
  rate: number,
): JournalEvent[] {
  const due = download.began + Math.ceil((download.size * 1000 * (parts + 1)) / (DOWNLOAD_PARTS * rate));
  const place = { account: account.id, deviceId: device.id, call };
  const action = { kind: "downloadDue", ...place } as const;
  return [
    { type: "downloadMoved", ...place, download: { ...download, parts, due } },
    { type: "timerSet", timer: { due, key: `download ${call}`, action } },
  ];
}

/** The device has the file now. */
export function arrived(downloading: Downloading): JournalEvent[] {
  const { account, device, found } = downloading;
  const { serverId, content } = found.message;
  const path = content.url ?? "";
  const kept = { type: "fileKept", account: account.id, deviceId: device.id, serverId, path } as const;
  return [kept, ...completed(downloading, path)];
}

function completed(downloading: Downloading, path?: string): JournalEvent[] {
  const { message, ...rest } = stepOf(downloading, DownloadEvent.COMPLETE, 1);
  const local = path === undefined ? message : { ...message, path };
  return [progressed(downloading, { ...rest, message: local }), { type: "progressEnded", call: downloading.call }];
}
