import type { DecideTable } from "../decide-table.ts";
import { decideEnter } from "./enter.ts";
import { decideExit, decideKickMember } from "./leave.ts";
import { decideHistory, decideInfo, decideMembers, decideMembersByIds } from "./lists.ts";
import { decideMark } from "./manage.ts";

/** The rpcs of ChatRoomService. */
export const chatRoomRules = {
  "chatRoom.enterChatRoom": decideEnter,
  "chatRoom.exitChatRoom": decideExit,
  "chatRoom.getChatRoomHistoryMsg": decideHistory,
  "chatRoom.getChatRoomInfo": decideInfo,
  "chatRoom.getChatRoomMembers": decideMembers,
  "chatRoom.getChatRoomMembersByIds": decideMembersByIds,
  "chatRoom.addUserToBlackList": (world, command, context) =>
    decideMark(world, command, "blacklisted", command.isAdd, context),
  "chatRoom.muteUser": (world, command, context) => decideMark(world, command, "muted", command.isMute, context),
  "chatRoom.setAdmin": (world, command, context) => decideMark(world, command, "manager", command.isAdmin, context),
  "chatRoom.setNormal": (world, command, context) => decideMark(world, command, "normal", command.isNormal, context),
  "chatRoom.kickMemberFromChatRoom": decideKickMember,
} satisfies Partial<DecideTable>;
