import { ErrorCode } from "@nimkit/sdk/protocol/enums";
import type { FetchUserInfosReply, UserInfoReply } from "../../gen/commands.ts";
import { canonicalAccount } from "../account-id.ts";
import type { CallContext, DecideTable } from "../decide-table.ts";
import { MAX_USERS_PER_FETCH } from "../limits.ts";
import { accept, type Decision, refuse } from "../outcome.ts";
import type { World } from "../world.ts";
import { cachedProfile, cachedProfiles, profileData, refresh, viewerOf } from "./cache.ts";
import { decideBlacklist, decideNotify } from "./lists.ts";
import { decideUpdateProfile } from "./profile.ts";

/** The rpcs of UserService. */
export const userRules = {
  "user.userInfo": (world, command, context) => decideUserInfo(world, command.userId, context),
  "user.fetchUserInfos": (world, command, context) => decideFetch(world, command.userIds, context),
  "user.updateMyUserInfo": decideUpdateProfile,
  "user.myBlackList": (world, _command, context) =>
    accept({ users: cachedProfiles(world, viewerOf(context), context.account.blacklist) }),
  "user.addToBlackList": (world, command, context) => decideBlacklist(world, command.userId, true, context),
  "user.removeFromBlackList": (world, command, context) => decideBlacklist(world, command.userId, false, context),
  "user.isUserInBlackList": (_world, command, { account }) =>
    accept({ isInBlackList: account.blacklist.has(canonicalAccount(command.userId)) }),
  "user.myMuteUserList": (world, _command, context) =>
    accept({ users: cachedProfiles(world, viewerOf(context), context.account.muteList) }),
  "user.updateNotifyStateForUser": (world, command, context) =>
    decideNotify(world, command.userId, command.notify, context),
  "user.notifyForNewMsgForUser": (_world, command, { account }) =>
    accept({ notifyForNewMsg: !account.muteList.has(canonicalAccount(command.userId)) }),
} satisfies Partial<DecideTable>;

/** Reads profiles from the server; from then on the device has them. */
function decideFetch(world: World, userIds: readonly string[], context: CallContext): Decision<FetchUserInfosReply> {
  if (userIds.length > MAX_USERS_PER_FETCH) return refuse(ErrorCode.BAD_PARAMETER, "user_ids");
  const users = [...new Set(userIds.map(canonicalAccount))].flatMap((id) => world.accounts.get(id) ?? []);
  return accept({ users: users.map(profileData) }, refresh(viewerOf(context), users, context.env.index));
}

function decideUserInfo(world: World, userId: string, context: CallContext): Decision<UserInfoReply> {
  const other = world.accounts.get(canonicalAccount(userId));
  const { account } = context;
  if (!other) return refuse(ErrorCode.NOT_FOUND, "user_id");
  const info = {
    userId: other.id,
    notifyForNewMsg: !account.muteList.has(other.id),
    isInMyBlackList: account.blacklist.has(other.id),
    userInfo: cachedProfile(viewerOf(context), other),
  };
  const alias = account.friends.get(other.id)?.alias;
  return accept(alias === undefined ? info : { ...info, alias });
}
