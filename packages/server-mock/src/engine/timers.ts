import { attachmentTimers } from "./attachment/timers.ts";
import { expireToken } from "./auth/expire.ts";
import { callTimers } from "./call/timers.ts";
import { roomTimers } from "./chat-room/timers.ts";
import { deviceTimers } from "./device/timers.ts";
import type { Env } from "./env.ts";
import type { JournalEvent } from "./journal.ts";
import type { TimerAction, World } from "./world.ts";

/** What happens when a timer falls due; nothing if what it waited for is over. */
export type TimerRule<A extends TimerAction> = (world: World, env: Env, action: A) => readonly JournalEvent[];

/** A rule for every kind of timer. */
export type TimerRules<A extends TimerAction> = {
  readonly [K in A["kind"]]: TimerRule<Extract<A, { readonly kind: K }>>;
};

const rules: TimerRules<TimerAction> = {
  expireToken,
  ...callTimers,
  ...roomTimers,
  ...deviceTimers,
  ...attachmentTimers,
};

/** Decides what a timer that is due does. */
export function decideTimer(world: World, env: Env, action: TimerAction): readonly JournalEvent[] {
  return decideOne(world, env, action.kind, action);
}

function decideOne<K extends TimerAction["kind"]>(world: World, env: Env, kind: K, action: TimerAction) {
  const rule = rules[kind] as TimerRule<TimerAction>;
  return rule(world, env, action);
}
