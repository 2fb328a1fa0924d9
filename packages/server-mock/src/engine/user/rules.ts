import { ErrorCode } from "@nimkit/sdk/protocol/enums";
import type { UserInfoReply } from "../../gen/commands.ts";
import { canonicalAccount } from "../account-id.ts";
import type { CallContext, DecideTable } from "../decide-table.ts";
import { MAX_USERS_PER_FETCH } from "../limits.ts";
import { accept, type Decision, refuse } from "../outcome.ts";
import type { World } from "../world.ts";
import { decideBlacklist, decideNotify, profilesOf } from "./lists.ts";
import { decideUpdateProfile, profileData } from "./profile.ts";

/** The rpcs of UserService. */
export const userRules = {
  "user.userInfo": (world, command, context) => decideUserInfo(world, command.userId, context),
  "user.fetchUserInfos": (world, command) =>
    command.userIds.length > MAX_USERS_PER_FETCH
      ? refuse(ErrorCode.BAD_PARAMETER, "user_ids")
      : accept({ users: profilesOf(world, new Set(command.userIds.map(canonicalAccount))) }),
  "user.updateMyUserInfo": decideUpdateProfile,
  "user.myBlackList": (world, _command, { account }) => accept({ users: profilesOf(world, account.blacklist) }),
  "user.addToBlackList": (world, command, context) => decideBlacklist(world, command.userId, true, context),
  "user.removeFromBlackList": (world, command, context) => decideBlacklist(world, command.userId, false, context),
  "user.isUserInBlackList": (_world, command, { account }) =>
    accept({ isInBlackList: account.blacklist.has(canonicalAccount(command.userId)) }),
  "user.myMuteUserList": (world, _command, { account }) => accept({ users: profilesOf(world, account.muteList) }),
  "user.updateNotifyStateForUser": (world, command, context) =>
    decideNotify(world, command.userId, command.notify, context),
  "user.notifyForNewMsgForUser": (_world, command, { account }) =>
    accept({ notifyForNewMsg: !account.muteList.has(canonicalAccount(command.userId)) }),
} satisfies Partial<DecideTable>;

function decideUserInfo(world: World, userId: string, { account }: CallContext): Decision<UserInfoReply> {
  const other = world.accounts.get(canonicalAccount(userId));
  if (!other) return refuse(ErrorCode.NOT_FOUND, "user_id");
  const info = {
    userId: other.id,
    notifyForNewMsg: !account.muteList.has(other.id),
    isInMyBlackList: account.blacklist.has(other.id),
    userInfo: profileData(other),
  };
  const alias = account.friends.get(other.id)?.alias;
  return accept(alias === undefined ? info : { ...info, alias });
}
