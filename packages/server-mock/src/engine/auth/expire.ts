import type { Env } from "../env.ts";
import type { JournalEvent } from "../journal.ts";
import type { World } from "../world.ts";

/** A token's time is up: the device that still uses it is logged out. */
export function expireToken(world: World, env: Env, account: string, deviceId: string): readonly JournalEvent[] {
  const device = world.accounts.get(account)?.devices.get(deviceId);
  if (device?.status !== "live") return [];
  return [{ type: "sessionEnded", account, deviceId, end: "expired", index: env.index }];
}
