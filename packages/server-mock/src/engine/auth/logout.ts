import type { LogoutReply } from "../../gen/commands.ts";
import type { Actor } from "../entry.ts";
import type { Env } from "../env.ts";
import { createDraft } from "../event/draft.ts";
import { accept, type Decision } from "../outcome.ts";
import type { World } from "../world.ts";
import { endSession } from "./kick.ts";

/** Logs the calling device out; it always succeeds (behaviour.md B.1). */
export function decideLogout(world: World, env: Env, actor: Actor): Decision<LogoutReply> {
  const draft = createDraft(world, env);
  const device = world.accounts.get(actor.account)?.devices.get(actor.deviceId);
  if (device) endSession(draft, world, env, actor.account, device, "loggedOut");
  return accept({}, draft.events);
}
