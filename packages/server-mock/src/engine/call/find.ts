import { CallState, ErrorCode } from "@nimkit/sdk/protocol/enums";
import type { Actor } from "../entry.ts";
import type { World } from "../world.ts";
import { type Call, type CallPart, deviceKey } from "./call.ts";

/** The call that a device takes part in, and its part. */
export function callOfDevice(
  world: World,
  account: string,
  deviceId: string,
): { readonly call: Call; readonly part: CallPart } | undefined {
  const key = deviceKey(account, deviceId);
  const call = world.calls.live.get(world.calls.devices.get(key)?.callId ?? "");
  const part = call?.parts.get(key);
  return call && part && { call, part };
}

/** Where a device stands. */
export function stateOf(world: World, account: string, deviceId: string): CallState {
  return callOfDevice(world, account, deviceId)?.part.state ?? CallState.IDLE;
}

/** Finds the call that a device takes part in by its id, or says why it may not name it: 404, 403 or 9102. */
export function findOwnCall(
  world: World,
  { account, deviceId }: Actor,
  callId: string,
): { readonly call: Call; readonly part: CallPart } | ErrorCode {
  const { live, ended } = world.calls;
  const over = ended.get(callId);
  if (over) {
    const isParty = account === over.caller || account === over.callee;
    return isParty ? ErrorCode.CALL_CHANNEL_INVALID : ErrorCode.FORBIDDEN;
  }
  const call = live.get(callId);
  if (!call) return ErrorCode.NOT_FOUND;
  const part = call.parts.get(deviceKey(account, deviceId));
  return part ? { call, part } : ErrorCode.FORBIDDEN;
}
