import type { Env } from "../env.ts";
import { accept, type Decision } from "../outcome.ts";
import type { World } from "../world.ts";

/** The app no longer reads the steps of an activity: it ends as if it had been stopped. */
export function decideAbandoned(
  _world: World,
  _env: Env,
  _left: { readonly account: string; readonly deviceId: string; readonly call: number },
): Decision<object> {
  return accept({});
}
