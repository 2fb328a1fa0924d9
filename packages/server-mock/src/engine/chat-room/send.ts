import { ErrorCode, type MessageType } from "@nimkit/sdk/protocol/enums";
import type { Actor } from "../entry.ts";
import type { Env } from "../env.ts";
import { createDraft } from "../event/draft.ts";
import { MAX_ROOM_MESSAGE_EXT } from "../limits.ts";
import { findSent, fingerprintOf } from "../message/conversation.ts";
import { messageData, sendingEvent } from "../message/message-data.ts";
import type { Outgoing, SentReply } from "../message/send.ts";
import { jsonRefusal } from "../message/user-json.ts";
import { accept, type Decision, refuse } from "../outcome.ts";
import { planOf } from "../policy.ts";
import type { Account, MessageContent, World } from "../world.ts";
import { insideRefusal } from "./leave.ts";
import { speakRefusal } from "./member-types.ts";
import { messageEvent, nextMessage } from "./notice.ts";
import { tellInside } from "./tell.ts";

/**
 * Sends to a chat room: 404 without the room, 417 for an id that is taken, 423, 13002 for a device that is not inside,
 * 13004 and 13006 for the muted, 416. It makes no session and no unread count, and only devices inside are told.
 */
export function decideRoomSend(
  world: World,
  env: Env,
  actor: Actor,
  sender: Account,
  outgoing: Outgoing,
  type: MessageType,
  body: MessageContent,
): Decision<SentReply> {
  const extCode = outgoing.ext && jsonRefusal(outgoing.ext, MAX_ROOM_MESSAGE_EXT);
  if (extCode !== undefined) return refuse(extCode, "ext");
  const room = world.rooms.get(outgoing.sessionId);
  if (!room) return refuse(ErrorCode.NOT_FOUND, "session_id");
  const { chat, roomId } = room;
  const content = outgoing.ext === undefined ? body : { ...body, ext: outgoing.ext };
  if (outgoing.messageId) {
    const earlier = findSent(world, sender, outgoing.messageId);
    if (earlier) {
      const { conversation, message } = earlier;
      const same = conversation === chat && fingerprintOf(chat.key, message.type, message.content);
      if (same !== fingerprintOf(chat.key, type, content)) return refuse(ErrorCode.ALREADY_EXISTS, "message_id");
      return accept({ message: messageData(chat, message, sender.id) });
    }
    if (chat.byId.has(outgoing.messageId)) return refuse(ErrorCode.ALREADY_EXISTS, "message_id");
  }

  if (sender.flags.muted) return refuse(ErrorCode.ACCOUNT_MUTED);
  const outside = insideRefusal(world, roomId, sender.id, actor.deviceId);
  if (outside !== undefined) return refuse(outside, "session_id");
  const silent = speakRefusal(room, sender.id);
  if (silent !== undefined) return refuse(silent);
  const minute = Math.floor(env.now() / 60_000);
  const rate = planOf(world.policy).sendsPerMinute;
  if (rate > 0 && sender.rate.minute === minute && sender.rate.count >= rate) return refuse(ErrorCode.RATE_LIMITED);

  const message = nextMessage(env, room, outgoing.messageId || env.id("message"), type, sender.id, content);
  const draft = createDraft(world, env);
  // Of a file the client has told itself, before it uploaded it.
  if (content.attachmentId === undefined) {
    draft.deliverTo(sender.id, actor.deviceId, sendingEvent(chat, message, sender.id));
  }
  draft.emit({ type: "roomMessageStored", roomId, message, minute });
  tellInside(draft, room, messageEvent(room, message), sender.id);
  return accept({ message: messageData(chat, message, sender.id) }, draft.events);
}
