import type { CommandOf, ReplyOf, RpcName } from "../gen/commands.ts";
import type { Actor, HostFacts } from "./entry.ts";
import type { Env } from "./env.ts";
import type { Decision } from "./outcome.ts";
import type { Account, World } from "./world.ts";

/** Who calls, already found in the world, and the time and chance of the entry. */
export interface CallContext {
  readonly env: Env;
  readonly actor: Actor;
  readonly account: Account;
  /** What the host knows of the call and the engine cannot. */
  readonly facts: HostFacts;
}

/** The rule of an rpc that a logged-in device calls: it reads the world and changes nothing. */
export type DecideFn<K extends RpcName> = (
  world: World,
  command: CommandOf<K>,
  context: CallContext,
) => Decision<ReplyOf<K>>;

/** A rule for every rpc. */
export type DecideTable = { readonly [K in RpcName]: DecideFn<K> };
