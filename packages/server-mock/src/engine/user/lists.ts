import { ErrorCode } from "@nimkit/sdk/protocol/enums";
import { canonicalAccount } from "../account-id.ts";
import type { CallContext } from "../decide-table.ts";
import { createDraft } from "../event/draft.ts";
import { MAX_BLACKLIST } from "../limits.ts";
import { accept, type Decision, refuse } from "../outcome.ts";
import type { World } from "../world.ts";

/** Puts a user on the caller's blacklist or takes him off. Friendship does not change (behaviour.md B.7). */
export function decideBlacklist(
  world: World,
  userId: string,
  listed: boolean,
  { env, account }: CallContext,
): Decision<object> {
  const other = canonicalAccount(userId);
  if (listed && other === account.id) return refuse(ErrorCode.BAD_PARAMETER, "user_id");
  if (!world.accounts.has(other)) return refuse(ErrorCode.NOT_FOUND, "user_id");
  if (account.blacklist.has(other) === listed) return accept({});
  if (listed && account.blacklist.size >= MAX_BLACKLIST) return refuse(ErrorCode.OVER_LIMIT);
  const draft = createDraft(world, env);
  draft.emit({ type: "blacklistChanged", account: account.id, userId: other, listed });
  draft.deliver(account.id, { payload: { case: "blacklistChanged", value: {} } });
  return accept({}, draft.events);
}

/** Sets whether a user's messages notify. They arrive and count either way (behaviour.md B.7). */
export function decideNotify(
  world: World,
  userId: string,
  notify: boolean,
  { account }: CallContext,
): Decision<object> {
  const other = canonicalAccount(userId);
  if (!world.accounts.has(other)) return refuse(ErrorCode.NOT_FOUND, "user_id");
  if (account.muteList.has(other) === !notify) return accept({});
  return accept({}, [{ type: "muteListChanged", account: account.id, userId: other, listed: !notify }]);
}
