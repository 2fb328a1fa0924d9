import { SessionType } from "@nimkit/sdk/protocol/enums";
import type { EventData, MessageData } from "../../gen/commands.ts";
import type { LocalPaths } from "../attachment/local-path.ts";
import type { JournalEventOf } from "../journal.ts";
import type { Account, Conversation, Device, MessageContent, StoredMessage, World } from "../world.ts";
import { audienceOf, homesOf, newConversation, newView } from "./conversation.ts";

/** Stores a message that a user sent. */
export function applyMessageStored(world: World, event: JournalEventOf<"messageStored">): void {
  const { key, message, minute } = event;
  addMessage(world, key, message);
  countSend(world, message.from, minute);
}

/** Counts a message in the sender's minute. */
export function countSend(world: World, from: string, minute: number): void {
  const sender = world.accounts.get(from);
  if (!sender) return;
  sender.rate = { minute, count: sender.rate.minute === minute ? sender.rate.count + 1 : 1 };
}

/** Puts a message at the end of its conversation: for all, or for a blacklisted sender alone. */
export function addMessage(world: World, key: string, message: StoredMessage): void {
  const conversation = world.conversations.get(key) ?? openConversation(world, key);
  conversation.lastTime = message.timestamp;
  addHome(world, message.messageId, key);
  if (message.seq === undefined) world.accounts.get(message.from)?.views.get(key)?.refused.push(message);
  else {
    conversation.messages.push(message);
    conversation.byId.set(message.messageId, message.seq);
  }
}

/** Notes where a message is. Nearly every id has one home: a list is only made for a second one. */
export function addHome(world: World, messageId: string, key: string): void {
  const homes = homesOf(world, messageId);
  if (homes.includes(key)) return;
  world.messageHomes.set(messageId, homes.length === 0 ? key : [...homes, key]);
}

/** Makes a conversation from its key, with a view for everybody in it who has none yet. */
function openConversation(world: World, key: string): Conversation {
  const conversation = newConversation(key);
  world.conversations.set(key, conversation);
  for (const reader of audienceOf(world, conversation)) {
    const views = world.accounts.get(reader)?.views;
    if (!views?.has(key)) views?.set(key, newView(0));
  }
  return conversation;
}

/** Empties a message and every copy of it that waits in a feed: nothing gives its body again (reliability.md P7). */
export function applyMessageRevoked(world: World, event: JournalEventOf<"messageRevoked">): void {
  const conversation = world.conversations.get(event.key);
  const message = conversation?.messages[event.seq - 1];
  if (!conversation || !message)
    throw new Error(`journal revokes a message that is not there: ${event.key} ${event.seq}`);
  conversation.messages[event.seq - 1] = {
    ...message,
    content: {},
    revokedBy: event.by,
    fingerprint: event.fingerprint,
  };
  for (const account of readersOf(world, conversation)) {
    for (const device of account.devices.values()) scrubFeed(device, message);
  }
}

function* readersOf(world: World, conversation: Conversation): Generator<Account> {
  if (conversation.type !== SessionType.P2P) {
    // Former members may still have the message in a feed.
    for (const account of world.accounts.values()) if (account.views.has(conversation.key)) yield account;
    return;
  }
  for (const party of conversation.parties) {
    const account = world.accounts.get(party);
    if (account) yield account;
  }
}

function scrubFeed(device: Device, message: StoredMessage): void {
  for (let i = device.feed.length - 1; i >= 0; i--) {
    const item = device.feed[i];
    if (!item || item.index < message.index) return;
    const event = withoutBody(item.event, message);
    if (event !== item.event) device.feed[i] = { ...item, event };
  }
}

function withoutBody(event: EventData, revoked: StoredMessage): EventData {
  const { payload } = event;
  if (payload?.case === "messageSending" && payload.value.messageId === revoked.messageId) {
    const { content: _, ...value } = payload.value;
    return { payload: { case: "messageSending", value } };
  }
  if (payload?.case !== "message") return event;
  const isRevoked = (id: string, from: string): boolean => id === revoked.messageId && from === revoked.from;
  if (!payload.value.messages.some((message) => isRevoked(message.messageId, message.from))) return event;
  const messages = payload.value.messages.map((message) => {
    if (!isRevoked(message.messageId, message.from)) return message;
    return withoutContent(message);
  });
  return { payload: { case: "message", value: { messages } } };
}

/** What a revoked message loses: all that it said. */
const CONTENT: Readonly<Record<keyof MessageContent | keyof LocalPaths, true>> = {
  text: true,
  title: true,
  latitude: true,
  longitude: true,
  ext: true,
  attachment: true,
  url: true,
  coverUrl: true,
  attachmentId: true,
  displayName: true,
  fileLength: true,
  md5: true,
  mimeType: true,
  width: true,
  height: true,
  duration: true,
  path: true,
  thumbPath: true,
};

function withoutContent(message: MessageData): MessageData {
  const rest = Object.entries(message).filter(([key]) => !Object.hasOwn(CONTENT, key));
  return Object.fromEntries(rest) as object as MessageData;
}

/** Moves the watermark of what the peer was told. */
export function applyReceiptMoved(world: World, event: JournalEventOf<"receiptMoved">): void {
  const view = world.accounts.get(event.account)?.views.get(event.key);
  if (view) view.receiptTime = Math.max(view.receiptTime, event.time);
}
