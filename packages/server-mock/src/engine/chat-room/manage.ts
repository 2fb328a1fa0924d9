import { ChatRoomEventType, ChatRoomKickReason, ChatRoomMemberType, ErrorCode } from "@nimkit/sdk/protocol/enums";
import { canonicalAccount } from "../account-id.ts";
import type { CallContext } from "../decide-table.ts";
import { createDraft } from "../event/draft.ts";
import { accept, type Decision, refuse } from "../outcome.ts";
import type { Policy } from "../policy.ts";
import type { World } from "../world.ts";
import { insideRefusal, putOut } from "./leave.ts";
import { mayManage, memberTypeOf, settled } from "./member-types.ts";
import { announce } from "./notice.ts";
import type { FixedMember, Room } from "./room.ts";

const { CREATOR, GUEST, MANAGER, NORMAL } = ChatRoomMemberType;

/** What can be set about a member, and taken away. */
export type MemberMark = "blacklisted" | "muted" | "manager" | "normal";

interface MarkRule {
  readonly set: ChatRoomEventType;
  readonly unset: ChatRoomEventType;
  /** Whether a member has the mark. */
  readonly has: (member: FixedMember) => boolean;
  /** The member with it. */
  readonly give: (member: FixedMember) => FixedMember;
  /** The member without it. */
  readonly take: (member: FixedMember) => FixedMember;
}

const RULES: Readonly<Record<MemberMark, MarkRule>> = {
  blacklisted: {
    set: ChatRoomEventType.ADD_BLACK,
    unset: ChatRoomEventType.REMOVE_BLACK,
    has: (member) => member.blacklisted,
    give: (member) => ({ ...member, blacklisted: true }),
    take: (member) => ({ ...member, blacklisted: false }),
  },
  muted: {
    set: ChatRoomEventType.ADD_MUTE,
    unset: ChatRoomEventType.REMOVE_MUTE,
    has: (member) => member.muted,
    give: (member) => ({ ...member, muted: true }),
    take: (member) => ({ ...member, muted: false }),
  },
  manager: {
    set: ChatRoomEventType.ADD_MANAGER,
    unset: ChatRoomEventType.REMOVE_MANAGER,
    has: (member) => member.identity === MANAGER,
    give: (member) => ({ ...member, identity: MANAGER }),
    // By the SDK's guide, even for one who was a guest before.
    take: (member) => ({ ...member, identity: NORMAL }),
  },
  normal: {
    set: ChatRoomEventType.ADD_NORMAL,
    unset: ChatRoomEventType.REMOVE_NORMAL,
    has: (member) => member.identity === NORMAL,
    give: (member) => ({ ...member, identity: NORMAL }),
    take: (member) => ({ ...member, identity: GUEST }),
  },
};

/** Sets or unsets a mark of a member, who need not be inside: the checks in their documented order (behaviour.md B.12). */
export function decideMark(
  world: World,
  command: { readonly roomId: string; readonly userId: string },
  mark: MemberMark,
  wanted: boolean,
  { env, actor, account }: CallContext,
): Decision<object> {
  const room = world.rooms.get(command.roomId);
  if (!room) return refuse(ErrorCode.NOT_FOUND, "room_id");
  const target = canonicalAccount(command.userId);
  if (!world.accounts.has(target)) return refuse(ErrorCode.NOT_FOUND, "user_id");
  const outside = insideRefusal(world, room.roomId, account.id, actor.deviceId);
  if (outside !== undefined) return refuse(outside, "room_id");
  if (!mayMark(room, account.id, target, mark)) return refuse(ErrorCode.FORBIDDEN);

  const before: FixedMember = room.members.get(target) ?? newcomer(room, target);
  const rule = RULES[mark];
  const lifts = mark === "muted" && !wanted && room.tempMutes.has(target);
  if (rule.has(before) === wanted && !lifts) return refuse(ErrorCode.ALREADY_EXISTS);
  const updateTime = Math.max(env.now(), room.memberTime + 1);
  const changed = { ...(wanted ? rule.give(before) : unset(world.policy, rule.take(before))), updateTime };
  const member = settled(changed);
  if (member && !room.members.has(target) && room.members.size >= room.fixedMemberLimit) {
    return refuse(ErrorCode.OVER_LIMIT);
  }

  const draft = createDraft(world, env);
  const { roomId } = room;
  const onlyTemporary = lifts && !before.muted;
  if (lifts) draft.emit({ type: "roomTempMuteChanged", roomId, account: target, until: undefined });
  if (!onlyTemporary) draft.emit({ type: "roomMemberChanged", roomId, account: target, member, time: updateTime });
  if (mark === "blacklisted" && wanted) putOut(draft, room, target, ChatRoomKickReason.BLACKLISTED);
  const eventType = onlyTemporary ? ChatRoomEventType.REMOVE_TEMP_MUTE : wanted ? rule.set : rule.unset;
  const without = mark === "blacklisted" ? { without: target } : {};
  announce(draft, world, env, room, { eventType, operator: account.id, targets: [target], ...without });
  return accept({}, draft.events);
}

/** Only the creator makes managers and takes that away. */
function mayMark(room: Room, actor: string, target: string, mark: MemberMark): boolean {
  return mayManage(room, actor, target) && (mark !== "manager" || memberTypeOf(room, actor) === CREATOR);
}

/** Somebody whom the room does not know yet. */
function newcomer(room: Room, account: string): FixedMember {
  const enterTime = room.visits.get(account)?.enterTime;
  return { identity: GUEST, muted: false, blacklisted: false, updateTime: 0, enterTime };
}

/** By the server's document, whoever loses a mark becomes a guest unless muted or blacklisted. */
function unset(policy: Policy, member: FixedMember): FixedMember {
  return policy.roomUnset === "server" ? { ...member, identity: GUEST } : member;
}
