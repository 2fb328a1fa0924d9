import { NOT_LOGGED_IN } from "../auth/session.ts";
import type { Actor, LogEntry } from "../entry.ts";
import { accept, type Decision, refuse } from "../outcome.ts";
import type { World } from "../world.ts";

/** A device opened its stream of events. Refused when it is not logged in. */
export function decideConnected(world: World, entry: LogEntry, actor: Actor): Decision<object> {
  const { account, deviceId, platform } = actor;
  const device = world.accounts.get(account)?.devices.get(deviceId);
  if (device?.status !== "live") return refuse(NOT_LOGGED_IN[platform]);
  return accept({}, [{ type: "streamOpened", account, deviceId, stream: entry.index }]);
}

/** A device's stream ended. An older stream that a newer one replaced changes nothing. */
export function decideDisconnected(
  world: World,
  entry: LogEntry,
  stream: { readonly account: string; readonly deviceId: string; readonly stream: number; readonly sent: number },
): Decision<object> {
  const { account, deviceId, sent } = stream;
  const device = world.accounts.get(account)?.devices.get(deviceId);
  if (device?.stream !== stream.stream) return accept({});
  return accept({}, [{ type: "streamClosed", account, deviceId, sent, index: entry.index }]);
}
