import { endDownload } from "../attachment/end-download.ts";
import { endSound } from "../audio/end.ts";
import type { Env } from "../env.ts";
import type { JournalEvent } from "../journal.ts";
import { accept, type Decision } from "../outcome.ts";
import type { World } from "../world.ts";
import type { Activity } from "./peripherals.ts";

interface Place {
  readonly account: string;
  readonly deviceId: string;
  readonly call: number;
}

/** The app no longer reads the steps of an activity: it ends, and a recording that nobody would learn of is dropped. */
export function decideAbandoned(world: World, env: Env, { account, deviceId, call }: Place): Decision<object> {
  const activity = world.accounts.get(account)?.devices.get(deviceId)?.peripherals.activities.get(call);
  return accept({}, activity ? endUnread(world, env, { account, deviceId, call }, activity) : []);
}

/** After a restore nobody reads the steps of anything. */
export function abandonAll(world: World, env: Env): readonly JournalEvent[] {
  const events: JournalEvent[] = [];
  for (const { id: account, devices } of world.accounts.values()) {
    for (const { id: deviceId, peripherals } of devices.values()) {
      for (const [call, activity] of peripherals.activities) {
        events.push(...endUnread(world, env, { account, deviceId, call }, activity));
      }
    }
  }
  return events;
}

function endUnread(world: World, env: Env, place: Place, activity: Activity): readonly JournalEvent[] {
  if (activity.kind === "download") return endDownload(place.account, place.deviceId, place.call, activity);
  return endSound(world, env, place, activity, "dropped");
}
