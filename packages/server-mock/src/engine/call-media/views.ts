import { ErrorCode } from "@nimkit/sdk/protocol/enums";
import type {
  InitCallRemoteViewCommand,
  InitCallRemoteViewReply,
  RectData,
  RemoveCallRemoteViewCommand,
  RemoveCallRemoteViewReply,
} from "../../gen/commands.ts";
import { deviceKey } from "../call/call.ts";
import type { CallContext } from "../decide-table.ts";
import { accept, type Decision, refuse } from "../outcome.ts";
import type { World } from "../world.ts";

/** Prepares the pictures; they stand until they are removed, whether there is a call or not. */
export function decideInitViews(
  _world: World,
  command: InitCallRemoteViewCommand,
  { actor: { account, deviceId } }: CallContext,
): Decision<InitCallRemoteViewReply> {
  const { remoteRect, localRect, fixed, fixedOn } = command;
  if (!isRect(remoteRect)) return refuse(ErrorCode.BAD_PARAMETER, "remote_rect");
  if (!isRect(localRect)) return refuse(ErrorCode.BAD_PARAMETER, "local_rect");
  const views = { remoteRect, localRect, fixed, ...(fixedOn === undefined ? {} : { fixedOn }) };
  return accept({}, [{ type: "callViewsChanged", account, deviceId, views }]);
}

function isRect({ x, y, w = 0, h = 0 }: RectData): boolean {
  return [x, y, w, h].every(Number.isFinite) && w >= 0 && h >= 0;
}

/** Removes the pictures; none is fine too. */
export function decideRemoveViews(
  world: World,
  _command: RemoveCallRemoteViewCommand,
  { actor: { account, deviceId } }: CallContext,
): Decision<RemoveCallRemoteViewReply> {
  if (!world.calls.devices.get(deviceKey(account, deviceId))?.views) return accept({});
  return accept({}, [{ type: "callViewsChanged", account, deviceId, views: undefined }]);
}
