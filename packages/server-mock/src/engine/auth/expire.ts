import { tellParts } from "../device/lifecycle.ts";
import type { Env } from "../env.ts";
import { createDraft } from "../event/draft.ts";
import type { JournalEvent } from "../journal.ts";
import type { World } from "../world.ts";

/** The end of a device's access token. */
export type TokenTimer = { readonly kind: "expireToken"; readonly account: string; readonly deviceId: string };

/** A token's time is up: the device that still uses it is logged out. */
export function expireToken(world: World, env: Env, { account, deviceId }: TokenTimer): readonly JournalEvent[] {
  const device = world.accounts.get(account)?.devices.get(deviceId);
  if (device?.status !== "live") return [];
  const draft = createDraft(world, env);
  tellParts("sessionEnds", draft, world, env, account, deviceId, "expired");
  draft.emit({ type: "sessionEnded", account, deviceId, end: "expired", time: env.now(), index: env.index });
  return draft.events;
}
