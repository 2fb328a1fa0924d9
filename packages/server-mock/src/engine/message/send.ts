import type { JsonObject } from "@bufbuild/protobuf";
import { ErrorCode, type MessageType, SessionType } from "@nimkit/sdk/protocol/enums";
import type { MessageData } from "../../gen/commands.ts";
import { canonicalAccount } from "../account-id.ts";
import { decideRoomSend } from "../chat-room/send.ts";
import type { Actor } from "../entry.ts";
import type { Env } from "../env.ts";
import { createDraft, type Draft } from "../event/draft.ts";
import { MAX_MESSAGE_EXT } from "../limits.ts";
import { accept, type Decision, refuse } from "../outcome.ts";
import { planOf } from "../policy.ts";
import { type ChangingTeam, changing } from "../team/changing.ts";
import { memberRefusal, speakRefusal } from "../team/membership.ts";
import { tellSenderProfile } from "../user/cache.ts";
import type { Account, Conversation, MessageContent, StoredMessage, World } from "../world.ts";
import {
  audienceOf,
  conversationKey,
  type FoundMessage,
  findSent,
  fingerprintOf,
  newConversation,
} from "./conversation.ts";
import { isCounted } from "./counted.ts";
import { messageData, sendingEvent } from "./message-data.ts";
import { jsonRefusal } from "./user-json.ts";

/** What all sends have in common. */
export interface Outgoing {
  readonly sessionId: string;
  readonly sessionType: SessionType;
  readonly messageId?: string;
  readonly ext?: JsonObject;
}

/** Every send answers with the message as stored. */
export interface SentReply {
  readonly message: MessageData;
}

/** Sends a message: the checks in their documented order, then the stored message and what is told to whom. */
export function decideSend(
  world: World,
  env: Env,
  actor: Actor,
  sender: Account,
  outgoing: Outgoing,
  type: MessageType,
  body: MessageContent,
): Decision<SentReply> {
  const key = conversationKey(sender.id, outgoing.sessionId, outgoing.sessionType);
  if (key === undefined) return decideRoomSend(world, env, actor, sender, outgoing, type, body);
  const extRefusal = outgoing.ext && jsonRefusal(outgoing.ext, MAX_MESSAGE_EXT);
  if (extRefusal !== undefined) return refuse(extRefusal, "ext");
  const target = outgoing.sessionType === SessionType.P2P ? canonicalAccount(outgoing.sessionId) : outgoing.sessionId;
  const peer = outgoing.sessionType === SessionType.P2P ? world.accounts.get(target) : undefined;
  if (outgoing.sessionType === SessionType.P2P && !peer) return refuse(ErrorCode.NOT_FOUND, "session_id");

  const content = outgoing.ext === undefined ? body : { ...body, ext: outgoing.ext };
  const conversation = world.conversations.get(key);
  if (outgoing.messageId !== undefined && outgoing.messageId !== "") {
    const earlier = findSent(world, sender, outgoing.messageId);
    if (earlier) return resend(sender, earlier, fingerprintOf(key, type, content));
    if (conversation?.byId.has(outgoing.messageId)) return refuse(ErrorCode.ALREADY_EXISTS, "message_id");
  }

  const muted = mutedRefusal(world, sender, target, outgoing.sessionType);
  if (muted !== undefined) return refuse(muted);
  const refused = peer?.blacklist.has(sender.id) === true;
  const minute = Math.floor(env.now() / 60_000);
  if (!refused && isTooFast(world, sender, minute)) return refuse(ErrorCode.RATE_LIMITED);

  const home = conversation ?? newConversation(key);
  const draft = createDraft(world, env);
  const joins = outgoing.sessionType === SessionType.TEAM ? tellQuietJoins(draft, world, env, target) : undefined;
  const message: StoredMessage = {
    ...(refused ? {} : { seq: (joins?.length() ?? home.messages.length) + 1 }),
    messageId: outgoing.messageId || env.id("message"),
    serverId: env.serial(),
    type,
    from: sender.id,
    timestamp: Math.max(env.now(), (joins?.lastTime() ?? home.lastTime) + 1),
    index: env.index,
    counted: isCounted(type),
    content,
  };
  // Of a file the client has told itself, before it uploaded it.
  if (content.attachmentId === undefined) {
    draft.deliverTo(sender.id, actor.deviceId, sendingEvent(home, message, sender.id));
  }
  draft.emit({ type: "messageStored", key, message, minute });
  if (refused) return refuse(ErrorCode.BLACKLISTED, undefined, draft.events);
  tellReaders(world, draft, home, message, actor, sender);
  return accept({ message: messageData(home, message, sender.id) }, draft.events);
}

/** Members whom a normal team took in quietly are announced before the first message after it (behaviour.md B.10). */
function tellQuietJoins(draft: Draft, world: World, env: Env, teamId: string): ChangingTeam | undefined {
  const team = world.teams.get(teamId);
  if (!team || team.quietJoins.length === 0) return undefined;
  const change = changing(draft, world, env, team);
  change.tellQuietJoins();
  change.finish(false);
  return change;
}

/** Why the sender may not speak here: muted everywhere, no member of the team, or muted in it. */
function mutedRefusal(world: World, { id, flags }: Account, target: string, type: SessionType): ErrorCode | undefined {
  if (flags.muted) return ErrorCode.ACCOUNT_MUTED;
  if (type !== SessionType.TEAM) return undefined;
  return memberRefusal(world, target, id) ?? speakRefusal(world, target, id);
}

/** Whether the sender has used up what the plan allows him in this minute. */
function isTooFast(world: World, { rate }: Account, minute: number): boolean {
  const limit = planOf(world.policy).sendsPerMinute;
  return limit > 0 && rate.minute === minute && rate.count >= limit;
}

/** The same id again: the same call with the same content, otherwise a clash (reliability.md P3). */
function resend(sender: Account, { conversation, message }: FoundMessage, fingerprint: string): Decision<SentReply> {
  const earlier = message.fingerprint ?? fingerprintOf(conversation.key, message.type, message.content);
  if (earlier !== fingerprint) return refuse(ErrorCode.ALREADY_EXISTS, "message_id");
  if (message.seq === undefined) return refuse(ErrorCode.BLACKLISTED);
  return accept({ message: messageData(conversation, message, sender.id) });
}

/** Everybody but the sending device. A team's members share one event; P2P readers each see their own session id. */
function tellReaders(
  world: World,
  draft: Draft,
  conversation: Conversation,
  message: StoredMessage,
  actor: Actor,
  sender: Account,
): void {
  const eventFor = (reader: string) =>
    ({ payload: { case: "message", value: { messages: [messageData(conversation, message, reader)] } } }) as const;
  const shared = conversation.type === SessionType.TEAM ? eventFor(actor.account) : undefined;
  for (const reader of audienceOf(world, conversation)) {
    tellSenderProfile(draft, world, sender, reader, message.index);
    draft.deliver(reader, shared ?? eventFor(reader), reader === actor.account ? actor.deviceId : undefined);
  }
}
