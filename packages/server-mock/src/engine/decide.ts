import type { CommandOf, ReplyOf, RpcName } from "../gen/commands.ts";
import { canonicalAccount } from "./account-id.ts";
import { decideLogout } from "./auth/logout.ts";
import { NOT_LOGGED_IN } from "./auth/session.ts";
import type { DecideFn, DecideTable } from "./decide-table.ts";
import type { Actor } from "./entry.ts";
import type { Env } from "./env.ts";
import { friendRules } from "./friend/rules.ts";
import { messageRules } from "./message/rules.ts";
import { accept, type Decision, refuse } from "./outcome.ts";
import { sessionRules } from "./session/rules.ts";
import { teamRules } from "./team/rules.ts";
import { userRules } from "./user/rules.ts";
import type { World } from "./world.ts";

const rules: Partial<DecideTable> = {
  "auth.logout": (world, _command, { env, actor }) => decideLogout(world, env, actor),
  "auth.isLogined": () => accept({ logined: true }),
  ...userRules,
  ...friendRules,
  ...sessionRules,
  ...messageRules,
  ...teamRules,
};

/** The rpcs that this version has. Others answer `unimplemented`. */
export const implementedRpcs: ReadonlySet<string> = new Set([...Object.keys(rules), "auth.login", "event.subscribe"]);

/** Decides a call: who calls, then the rule of its rpc. */
export function decideCall<K extends RpcName>(
  world: World,
  env: Env,
  rpc: K,
  command: CommandOf<K>,
  actor: Actor | undefined,
): Decision<ReplyOf<K>> {
  const rule: DecideFn<K> | undefined = rules[rpc];
  if (!rule) return { outcome: { unimplemented: rpc }, events: [] };
  const account = actor && world.accounts.get(canonicalAccount(actor.account));
  if (!actor || account?.devices.get(actor.deviceId)?.status !== "live") {
    return refuse(NOT_LOGGED_IN[actor?.platform ?? "web"]);
  }
  return rule(world, command, { env, actor: { ...actor, account: account.id }, account });
}
