import { ErrorCode, HistoryOrder, type MessageType, SessionType } from "@nimkit/sdk/protocol/enums";
import type { FetchMessageHistoryCommand, FetchMessageHistoryReply, MessageData } from "../../gen/commands.ts";
import { canonicalAccount } from "../account-id.ts";
import type { CallContext } from "../decide-table.ts";
import { MAX_HISTORY_PAGE } from "../limits.ts";
import { accept, type Decision, refuse } from "../outcome.ts";
import { planOf } from "../policy.ts";
import { isOnDevice, overlayOf } from "../session/overlay.ts";
import { memberRefusal } from "../team/membership.ts";
import type { StoredMessage, World } from "../world.ts";
import { conversationKey, findMessage, isInView } from "./conversation.ts";
import { messageData } from "./message-data.ts";
import { newestFirst, oldestFirst } from "./timeline.ts";

const isPage = (limit: number): boolean => limit >= 1 && limit <= MAX_HISTORY_PAGE;

function refusalOfSession(world: World, account: string, sessionId: string, type: SessionType): ErrorCode | undefined {
  if (type === SessionType.CHAT_ROOM) return ErrorCode.BAD_PARAMETER;
  if (type === SessionType.TEAM) return memberRefusal(world, sessionId, account);
  return world.accounts.has(canonicalAccount(sessionId)) ? undefined : ErrorCode.NOT_FOUND;
}

/** The server's history of a session, whatever this device deleted (behaviour.md B.5, cloud). */
export function decideFetchHistory(
  world: World,
  command: FetchMessageHistoryCommand,
  { env, actor, account }: CallContext,
): Decision<FetchMessageHistoryReply> {
  if (!isPage(command.limit)) return refuse(ErrorCode.BAD_PARAMETER, "limit");
  const refusal = refusalOfSession(world, account.id, command.sessionId, command.sessionType);
  if (refusal !== undefined) return refuse(refusal, "session_id");
  const key = conversationKey(account.id, command.sessionId, command.sessionType);
  const conversation = key === undefined ? undefined : world.conversations.get(key);
  const view = key === undefined ? undefined : account.views.get(key);
  if (key === undefined || !conversation || !view) return accept({ messages: [] });

  // The vendor's console may let new members read what was said before they joined.
  const isOpen = conversation.type === SessionType.TEAM && world.policy.teamHistoryForNewMembers;
  const shown = isOpen ? { ...view, joinedSeq: 0, earlier: [] } : view;
  const before = Math.min(command.startTime || Number.POSITIVE_INFINITY, command.endTime || Number.POSITIVE_INFINITY);
  const { historyMs } = planOf(world.policy);
  const after = Math.max(command.beginTime, historyMs > 0 ? env.now() - historyMs : 0);
  const ascending = command.order === HistoryOrder.ASCENDING;
  const found: StoredMessage[] = [];
  for (const message of ascending
    ? oldestFirst(conversation, shown, after)
    : newestFirst(conversation, shown, before)) {
    if (ascending ? message.timestamp >= before : message.timestamp <= after) break;
    if (message.revokedBy !== undefined) continue;
    if (found.push(message) === command.limit) break;
  }
  const device = account.devices.get(actor.deviceId);
  const reply = { messages: found.map((message) => messageData(conversation, message, account.id, device)) };
  if (!command.sync) return accept(reply);
  const overlay = overlayOf(device, key);
  const times = found.filter((message) => !isOnDevice(overlay, message)).map((message) => message.timestamp);
  if (times.length === 0) return accept(reply);
  return accept(reply, [{ type: "historySynced", account: account.id, deviceId: actor.deviceId, key, times }]);
}

/** The device's own history: before an anchor, oldest first inside the page (behaviour.md B.5, local). */
export function localHistory(
  world: World,
  command: {
    readonly sessionId: string;
    readonly sessionType: SessionType;
    readonly limit: number;
    readonly messageId?: string;
  },
  types: readonly MessageType[],
  { actor, account }: CallContext,
): Decision<{ readonly messages: readonly MessageData[] }> {
  if (!isPage(command.limit)) return refuse(ErrorCode.BAD_PARAMETER, "limit");
  const key = conversationKey(account.id, command.sessionId, command.sessionType);
  const conversation = key === undefined ? undefined : world.conversations.get(key);
  const view = key === undefined ? undefined : account.views.get(key);
  if (key === undefined || !conversation || !view) return accept({ messages: [] });

  const device = account.devices.get(actor.deviceId);
  const overlay = overlayOf(device, key);
  const isHere = (message: StoredMessage): boolean => isInView(view, message) && isOnDevice(overlay, message);
  const anchor = command.messageId ? findMessage(world, account, command.messageId, key)?.message : undefined;
  const before = anchor && isHere(anchor) ? anchor.timestamp : Number.POSITIVE_INFINITY;
  const found: MessageData[] = [];
  for (const message of newestFirst(conversation, view, before)) {
    if (!isHere(message) || (types.length > 0 && !types.includes(message.type))) continue;
    if (found.push(messageData(conversation, message, account.id, device)) === command.limit) break;
  }
  return accept({ messages: found.reverse() });
}
