import { ErrorCode } from "@nimkit/sdk/protocol/enums";
import type { DeleteFriendReply } from "../../gen/commands.ts";
import { canonicalAccount } from "../account-id.ts";
import type { CallContext, DecideTable } from "../decide-table.ts";
import { friendRemoved } from "../event/relations.ts";
import { accept, type Decision, refuse } from "../outcome.ts";
import { cachedProfiles, viewerOf } from "../user/cache.ts";
import type { World } from "../world.ts";
import { decideRequestFriend } from "./request.ts";

/** The rpcs of FriendService. */
export const friendRules = {
  "friend.myFriends": (world, _command, context) =>
    accept({ users: cachedProfiles(world, viewerOf(context), context.account.friends.keys()) }),
  "friend.requestFriend": decideRequestFriend,
  "friend.deleteFriend": (world, command, context) => decideDeleteFriend(world, command.userId, context),
  "friend.isMyFriend": (_world, command, { account }) =>
    accept({ isMyFriend: account.friends.has(canonicalAccount(command.userId)) }),
} satisfies Partial<DecideTable>;

/** Ends a friendship on both sides; the other one is not told, only its cache (behaviour.md B.8). */
function decideDeleteFriend(world: World, userId: string, { account }: CallContext): Decision<DeleteFriendReply> {
  const peer = world.accounts.get(canonicalAccount(userId));
  if (!peer || !account.friends.has(peer.id)) return refuse(ErrorCode.NOT_FOUND, "user_id");
  return accept({}, [
    { type: "unfriended", accounts: [account.id, peer.id] },
    { type: "relationsChanged", account: account.id, change: friendRemoved(peer.id) },
    { type: "relationsChanged", account: peer.id, change: friendRemoved(account.id) },
  ]);
}
