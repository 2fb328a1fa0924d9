import type { ReplyOf, RpcName } from "../gen/commands.ts";
import { apply } from "./apply.ts";
import { decideKick } from "./auth/kick.ts";
import { decideLogin } from "./auth/login.ts";
import { loseAllNetworks } from "./call/device-hooks.ts";
import { tellChangedQuality } from "./call/net-quality.ts";
import { loseAllLinks } from "./chat-room/device-hooks.ts";
import { decideRoomOrder } from "./chat-room/room-order.ts";
import { decideCall } from "./decide.ts";
import { abandonAll, decideAbandoned } from "./device/abandon.ts";
import type { CallCommand, LogEntry } from "./entry.ts";
import { createEnv, type Env } from "./env.ts";
import { decideConnected, decideDisconnected } from "./event/decide-streams.ts";
import { createDraft } from "./event/draft.ts";
import type { JournalEvent } from "./journal.ts";
import { accept, type Decision, type Outcome, refuse } from "./outcome.ts";
import { decideSeed } from "./seed/decide.ts";
import { restoreWorld } from "./snapshot.ts";
import { decideDue } from "./timeline.ts";
import type { World } from "./world.ts";

/** What an entry came to: the answer to the caller, and the events that changed the world. */
export interface StepResult {
  readonly outcome: Outcome<ReplyOf<RpcName> | object>;
  readonly events: readonly JournalEvent[];
}

/** Decides an entry of the log and applies what was decided. The same world and entry give the same result. */
export function step(world: World, entry: LogEntry): StepResult {
  const env = createEnv(entry);
  if (entry.command.kind === "tick") return drainTimeline(world, env);
  const decision = decide(world, entry, env);
  for (const event of decision.events) apply(world, event);
  return decision;
}

function decide(world: World, entry: LogEntry, env: Env): Decision<ReplyOf<RpcName> | object> {
  const { command } = entry;
  switch (command.kind) {
    case "call":
      return decideCallEntry(world, env, command);
    case "connected":
      return decideConnected(world, env, command);
    case "disconnected":
      return decideDisconnected(world, env, command);
    case "seed":
      return decideSeed(world, env, command.seed);
    case "policy":
      return accept({}, [
        { type: "policyChanged", policy: command.policy },
        ...tellChangedQuality(world, env, command.policy),
      ]);
    case "kick": {
      const draft = createDraft(world, env);
      decideKick(draft, world, env, command.account, command.deviceId, command.reason);
      return accept({}, draft.events);
    }
    case "room":
      return decideRoomOrder(world, env, command.roomId, command.order);
    case "reset":
      return accept({}, [{ type: "worldReset" }]);
    case "restore": {
      const restored = restoreWorld(command.snapshot);
      return accept({}, [
        { type: "worldRestored", snapshot: command.snapshot, index: env.index },
        ...loseAllNetworks(restored, env),
        ...loseAllLinks(restored, env),
        ...abandonAll(restored, env),
      ]);
    }
    case "abandoned":
      return decideAbandoned(world, env, command);
    case "tick":
      return accept({});
  }
}

function decideCallEntry(world: World, env: Env, command: CallCommand): Decision<ReplyOf<RpcName>> {
  const failure = world.policy.failures[command.rpc];
  if (failure !== undefined) return refuse(failure);
  if (command.rpc !== "auth.login")
    return decideCall(world, env, command.rpc, command.input, command.actor, command.facts);
  const caller = command.actor ?? { deviceId: "default", platform: "web" as const };
  const { tokenHash } = command.facts ?? {};
  if (tokenHash === undefined) throw new Error("a login entry needs the hash of its token");
  return decideLogin(world, env, caller, command.input, tokenHash);
}

/** Does what is due, one timer after the other, because one may set or clear the next. */
function drainTimeline(world: World, env: Env): StepResult {
  const all: JournalEvent[] = [];
  for (let events = decideDue(world, env); events.length > 0; events = decideDue(world, env)) {
    for (const event of events) apply(world, event);
    all.push(...events);
  }
  return { outcome: { reply: {} }, events: all };
}
