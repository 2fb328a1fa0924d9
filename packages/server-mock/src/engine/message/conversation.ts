import { type MessageType, SessionType } from "@nimkit/sdk/protocol/enums";
import { canonicalAccount } from "../account-id.ts";
import { findRoomMessage } from "../chat-room/chat.ts";
import { canonicalJson, hashText } from "../digest.ts";
import type { Account, AccountView, Conversation, MessageContent, StoredMessage, Stretch, World } from "../world.ts";

const p2pKey = (a: string, b: string): string => (a < b ? `p2p ${a} ${b}` : `p2p ${b} ${a}`);

/** The conversation of a team. */
export const teamKey = (teamId: string): string => `team ${teamId}`;

/** Which conversation a session id names for a reader; undefined for a chat room, which has none. */
export function conversationKey(reader: string, sessionId: string, type: SessionType): string | undefined {
  if (type === SessionType.P2P) return p2pKey(reader, canonicalAccount(sessionId));
  return type === SessionType.TEAM ? teamKey(sessionId) : undefined;
}

/** The conversation of a key, without messages. */
export function newConversation(key: string): Conversation {
  const space = key.indexOf(" ");
  const rest = key.slice(space + 1);
  const isP2p = key.slice(0, space) === "p2p";
  return {
    key,
    type: isP2p ? SessionType.P2P : SessionType.TEAM,
    // A team id may hold a space; an account never does.
    parties: isP2p ? rest.split(" ") : [rest],
    messages: [],
    byId: new Map(),
    lastTime: 0,
  };
}

/** A part in a conversation that begins after a message. */
export function newView(joinedSeq: number): AccountView {
  return { joinedSeq, leftSeq: undefined, earlier: [], readTime: 0, receiptTime: 0, refused: [] };
}

/** The conversation's name as a reader sees it: the team, or the other one of the two. */
export function sessionIdFor(conversation: Conversation, reader: string): string {
  const [first = "", second = first] = conversation.parties;
  if (conversation.type !== SessionType.P2P) return first;
  return first === reader ? second : first;
}

/** Accounts that get the conversation's messages now. */
export function audienceOf(world: World, conversation: Conversation): Iterable<string> {
  if (conversation.type === SessionType.P2P) return new Set(conversation.parties);
  return world.teams.get(conversation.parties[0] ?? "")?.members.keys() ?? [];
}

/** Whether the account's part in the conversation covers the message. */
export function isInView(view: AccountView, { seq }: StoredMessage): boolean {
  if (seq === undefined) return true;
  if (seq > view.joinedSeq) return view.leftSeq === undefined || seq <= view.leftSeq;
  return view.earlier.some(({ joinedSeq, leftSeq }) => seq > joinedSeq && seq <= leftSeq);
}

/** The stretches of the conversation that the account may see, newest first. */
export function stretchesOf(conversation: Conversation, view: AccountView): readonly Stretch[] {
  const { joinedSeq, leftSeq, earlier } = view;
  const current = { joinedSeq, leftSeq: leftSeq ?? conversation.messages.length };
  return earlier.length === 0 ? [current] : [current, ...earlier.toReversed()];
}

/** A message that a caller names by its id, with or without the session. */
export interface FoundMessage {
  readonly conversation: Conversation;
  readonly view: AccountView;
  readonly message: StoredMessage;
}

/** Finds a message that the account can see; undefined when it does not exist or is none of the account's business. */
export function findMessage(
  world: World,
  account: Account,
  messageId: string,
  key: string | undefined,
): FoundMessage | undefined {
  const homes = key === undefined ? homesOf(world, messageId) : [key];
  for (const home of homes) {
    const found = findIn(world, account, messageId, home);
    if (found && isInView(found.view, found.message)) return found;
  }
  return undefined;
}

/** The message that the account itself sent under an id, wherever that was. */
export function findSent(world: World, sender: Account, messageId: string): FoundMessage | undefined {
  for (const home of homesOf(world, messageId)) {
    const found = findIn(world, sender, messageId, home);
    if (found?.message.from === sender.id) return found;
  }
  return undefined;
}

function findIn(world: World, account: Account, messageId: string, key: string): FoundMessage | undefined {
  const conversation = world.conversations.get(key);
  if (!conversation) return findRoomMessage(world, key, messageId);
  const view = account.views.get(key);
  if (!view) return undefined;
  const seq = conversation.byId.get(messageId);
  const shared = seq === undefined ? undefined : conversation.messages[seq - 1];
  const message = shared ?? view.refused.find((refused) => refused.messageId === messageId);
  return message && { conversation, view, message };
}

/** Keys of the conversations that hold a message of this id. */
export function homesOf(world: World, messageId: string): readonly string[] {
  const homes = world.messageHomes.get(messageId) ?? [];
  return typeof homes === "string" ? [homes] : homes;
}

/** What tells one message from another under the same id; a hash, so that a revoked one can be told too. */
export function fingerprintOf(key: string, type: MessageType, content: MessageContent): string {
  // Which copy of a file it is does not matter: a sender who lost his place uploads it again.
  const { attachmentId: _1, url: _2, coverUrl: _3, ...said } = content;
  return hashText(canonicalJson([key, type, said]));
}
