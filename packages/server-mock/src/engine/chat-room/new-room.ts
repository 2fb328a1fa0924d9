import { ChatRoomMemberType, MessageType } from "@nimkit/sdk/protocol/enums";
import type { SeedMessage, SeedRoom } from "../../seed/seed-data.ts";
import { canonicalAccount } from "../account-id.ts";
import type { JournalEventOf } from "../journal.ts";
import { MAX_ROOM_FIXED_MEMBERS } from "../limits.ts";
import { applyTimerSet } from "../timeline.ts";
import type { StoredMessage, World } from "../world.ts";
import { applyRoomMessageStored } from "./apply.ts";
import { newChat } from "./chat.ts";
import type { FixedMember, Room } from "./room.ts";
import { muteTimer } from "./temp-mute.ts";

/** Makes a seed's room, with what falls due in it. */
export function seedRoom(world: World, seed: SeedRoom, time: number): void {
  const room = newRoom(seed, time);
  world.rooms.set(room.roomId, room);
  for (const [account, until] of room.tempMutes) {
    applyTimerSet(world, { type: "timerSet", timer: muteTimer(room.roomId, account, until) });
  }
}

/** A chat room of a seed. Its members stand in the order of the seed, newest first: each time is its own. */
function newRoom(seed: SeedRoom, time: number): Room {
  const members = new Map<string, FixedMember>();
  const muted = new Set(seed.mutedMembers?.map(canonicalAccount));
  const blacklist = new Set(seed.blacklist?.map(canonicalAccount));
  const add = (account: string, identity: ChatRoomMemberType): void => {
    if (members.has(account)) return;
    members.set(account, {
      identity,
      muted: muted.has(account),
      blacklisted: blacklist.has(account),
      updateTime: time - members.size,
    });
  };
  const creator = canonicalAccount(seed.creator);
  add(creator, ChatRoomMemberType.CREATOR);
  for (const userId of seed.managers ?? []) add(canonicalAccount(userId), ChatRoomMemberType.MANAGER);
  for (const userId of seed.members ?? []) add(canonicalAccount(userId), ChatRoomMemberType.NORMAL);
  for (const account of [...muted, ...blacklist]) add(account, ChatRoomMemberType.GUEST);
  const { roomId, name, announcement, broadcastUrl } = seed;
  return {
    roomId,
    name,
    creator,
    announcement,
    broadcastUrl,
    // A copy: the seed stays the caller's.
    extension: structuredClone(seed.extension),
    closed: seed.closed ?? false,
    muted: seed.muted ?? false,
    membersOnly: seed.membersOnly ?? false,
    fixedMemberLimit: seed.fixedMemberLimit ?? MAX_ROOM_FIXED_MEMBERS,
    members,
    tempMutes: new Map(seed.tempMutes?.map(({ userId, forMs }) => [canonicalAccount(userId), time + forMs])),
    saved: new Map(seed.saved?.map(({ userId, ...card }) => [canonicalAccount(userId), structuredClone(card)])),
    visits: new Map(),
    memberTime: time,
    chat: newChat(roomId),
  };
}

/** Adds a seed's text to a room's history. Such texts may share a time, as on a busy server. */
export function seedRoomMessage(
  world: World,
  seed: SeedMessage,
  from: string,
  event: JournalEventOf<"seeded">,
  place: number,
): void {
  const chat = world.rooms.get(seed.roomId ?? "")?.chat;
  const messageId = event.ids[place];
  if (!chat || seed.roomId === undefined || messageId === undefined) return;
  const message: StoredMessage = {
    seq: chat.messages.length + 1,
    messageId,
    serverId: `seed-${event.index}-${place}`,
    type: MessageType.TEXT,
    from,
    timestamp: Math.max(seed.time ?? event.time, chat.lastTime),
    // Before every entry, as all that a seed holds.
    index: 0,
    counted: false,
    content: { text: seed.text },
  };
  applyRoomMessageStored(world, { type: "roomMessageStored", roomId: seed.roomId, message });
}
