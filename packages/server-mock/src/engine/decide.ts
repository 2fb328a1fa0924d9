import type { CommandOf, ReplyOf, RpcName } from "../gen/commands.ts";
import { canonicalAccount } from "./account-id.ts";
import { attachmentRules } from "./attachment/rules.ts";
import { audioRules } from "./audio/rules.ts";
import { decideLogout } from "./auth/logout.ts";
import { notLoggedIn } from "./auth/session.ts";
import { callRules } from "./call/rules.ts";
import { callMediaRules } from "./call-media/rules.ts";
import { chatRoomRules } from "./chat-room/rules.ts";
import type { DecideFn, DecideTable } from "./decide-table.ts";
import type { Actor, HostFacts } from "./entry.ts";
import type { Env } from "./env.ts";
import { friendRules } from "./friend/rules.ts";
import { messageRules } from "./message/rules.ts";
import { accept, type Decision, refuse } from "./outcome.ts";
import { pushRules } from "./push/rules.ts";
import { sessionRules } from "./session/rules.ts";
import { systemMessageRules } from "./system-message/rules.ts";
import { teamRules } from "./team/rules.ts";
import { userRules } from "./user/rules.ts";
import type { World } from "./world.ts";

/** Rpcs that are decided elsewhere: before anybody is known, as a stream of the host, or from its bytes. */
type DecidedElsewhere = "auth.login" | "event.subscribe" | "attachment.download";

const rules: Omit<DecideTable, DecidedElsewhere> = {
  "auth.logout": (world, _command, { env, actor }) => decideLogout(world, env, actor),
  "auth.isLogined": () => accept({ logined: true }),
  ...userRules,
  ...friendRules,
  ...sessionRules,
  ...messageRules,
  ...attachmentRules,
  ...systemMessageRules,
  ...teamRules,
  ...chatRoomRules,
  ...callRules,
  ...callMediaRules,
  ...audioRules,
  ...pushRules,
};

/** Decides a call: who calls, then the rule of its rpc. */
export function decideCall<K extends RpcName>(
  world: World,
  env: Env,
  rpc: K,
  command: CommandOf<K>,
  actor: Actor | undefined,
  facts: HostFacts = {},
): Decision<ReplyOf<K>> {
  const rule = (rules as Partial<DecideTable>)[rpc] as DecideFn<K> | undefined;
  if (!rule) throw new Error(`${rpc} is not decided here`);
  const account = actor && world.accounts.get(canonicalAccount(actor.account));
  if (!actor || account?.devices.get(actor.deviceId)?.status !== "live") {
    return refuse(notLoggedIn(rpc, actor?.platform ?? "web"));
  }
  return rule(world, command, { env, actor: { ...actor, account: account.id }, account, facts });
}
