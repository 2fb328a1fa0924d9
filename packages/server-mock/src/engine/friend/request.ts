import { ErrorCode, FriendOperation, SystemMessageStatus, SystemMessageType } from "@nimkit/sdk/protocol/enums";
import type { RequestFriendCommand, RequestFriendReply, SystemMessageData } from "../../gen/commands.ts";
import { canonicalAccount } from "../account-id.ts";
import type { CallContext } from "../decide-table.ts";
import { createDraft } from "../event/draft.ts";
import { friendAdded } from "../event/relations.ts";
import { accept, type Decision, refuse } from "../outcome.ts";
import { planOf } from "../policy.ts";
import { tellSystemMessage } from "../system-message/tell.ts";
import type { Account, World } from "../world.ts";

/** Adds, asks, consents or declines; the other side gets a system message each time (behaviour.md B.8). */
export function decideRequestFriend(
  world: World,
  command: RequestFriendCommand,
  { env, account }: CallContext,
): Decision<RequestFriendReply> {
  const { operation } = command;
  const peer = world.accounts.get(canonicalAccount(command.userId));
  if (operation === FriendOperation.UNSPECIFIED) return refuse(ErrorCode.BAD_PARAMETER, "operation");
  if (peer === account) return refuse(ErrorCode.BAD_PARAMETER, "user_id");
  if (!peer) return refuse(ErrorCode.NOT_FOUND, "user_id");
  if (peer.blacklist.has(account.id)) return refuse(ErrorCode.BLACKLISTED);
  const befriends = operation === FriendOperation.ADD || operation === FriendOperation.ACCEPT;
  const asks = operation === FriendOperation.ADD || operation === FriendOperation.REQUEST;
  if (asks && account.friends.has(peer.id)) return refuse(ErrorCode.ALREADY_EXISTS);
  if (befriends && isFull(world, account, peer)) return refuse(ErrorCode.OVER_LIMIT);
  const asked = account.friendRequests.has(peer.id);
  // The server takes an answer to nothing; only the strict policy minds.
  if (!asks && !asked && world.policy.strictFriendAccept) return refuse(ErrorCode.ALREADY_HANDLED);

  const draft = createDraft(world, env);
  if (operation === FriendOperation.REQUEST) {
    draft.emit({ type: "friendRequested", account: peer.id, from: account.id, time: env.now() });
  } else if (asked) {
    draft.emit({ type: "friendRequestClosed", account: account.id, from: peer.id });
  }
  if (befriends && !account.friends.has(peer.id)) {
    draft.emit({ type: "befriended", accounts: [account.id, peer.id], time: env.now() });
    draft.emit({ type: "relationsChanged", account: account.id, change: friendAdded(peer.id) });
    draft.emit({ type: "relationsChanged", account: peer.id, change: friendAdded(account.id) });
  }
  const message: SystemMessageData = {
    messageId: env.serial(),
    type: SystemMessageType.FRIEND,
    timestamp: env.now(),
    sourceId: account.id,
    targetId: peer.id,
    read: false,
    status: SystemMessageStatus.INIT,
    friendOperation: operation,
  };
  const { message: postscript } = command;
  tellSystemMessage(draft, peer.id, env.index, postscript ? { ...message, postscript } : message);
  return accept({}, draft.events);
}

function isFull(world: World, a: Account, b: Account): boolean {
  const limit = planOf(world.policy).friends;
  return limit > 0 && !a.friends.has(b.id) && (a.friends.size >= limit || b.friends.size >= limit);
}
