import { NOT_LOGGED_IN } from "../auth/session.ts";
import { tellParts } from "../device/lifecycle.ts";
import type { Actor } from "../entry.ts";
import type { Env } from "../env.ts";
import { accept, type Decision, refuse } from "../outcome.ts";
import type { World } from "../world.ts";
import { createDraft } from "./draft.ts";

/** A device opened its stream of events. Refused when it is not logged in. */
export function decideConnected(world: World, env: Env, actor: Actor): Decision<object> {
  const { account, deviceId, platform } = actor;
  const device = world.accounts.get(account)?.devices.get(deviceId);
  if (device?.status !== "live") return refuse(NOT_LOGGED_IN[platform]);
  const draft = createDraft(world, env);
  draft.emit({ type: "streamOpened", account, deviceId, stream: env.index });
  tellParts("streamOpened", draft, world, env, account, deviceId);
  return accept({}, draft.events);
}

/** A device's stream ended. An older stream that a newer one replaced changes nothing. */
export function decideDisconnected(
  world: World,
  env: Env,
  stream: { readonly account: string; readonly deviceId: string; readonly stream: number; readonly sent: number },
): Decision<object> {
  const { account, deviceId, sent } = stream;
  const device = world.accounts.get(account)?.devices.get(deviceId);
  if (device?.stream !== stream.stream) return accept({});
  const draft = createDraft(world, env);
  draft.emit({ type: "streamClosed", account, deviceId, sent, index: env.index });
  tellParts("streamLost", draft, world, env, account, deviceId);
  return accept({}, draft.events);
}
