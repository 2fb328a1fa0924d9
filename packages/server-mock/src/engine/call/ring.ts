import { CallControlType } from "@nimkit/sdk/protocol/enums";
import type { World } from "../world.ts";
import type { Call } from "./call.ts";
import { endCall, hangUpOn, leaveCall, partIn } from "./end.ts";
import { callOfDevice } from "./find.ts";
import { type CallScene, callerPart, moveDevice, tellDevice } from "./scene.ts";

/** A device of the callee, as a call finds it. */
export interface Found {
  readonly deviceId: string;
  /** Its stream of events is open. */
  readonly isOnline: boolean;
  /** It takes part in another call. */
  readonly isBusy: boolean;
}

/**
 * Brings a call to a device of the callee: it rings, or is busy with another call. A device without a stream rings when
 * its stream is back, by the event that waits in its feed.
 */
export function bringCall(scene: CallScene, { deviceId, isOnline, isBusy }: Found): "rings" | "busy" | undefined {
  const { call, draft } = scene;
  // Busy and out of reach: whether it still is, shows when it is back.
  if (isBusy && !isOnline) return undefined;
  draft.emit({ type: "callHeard", callId: call.id, deviceId, heard: true });
  if (isBusy) {
    tellCaller(scene, CallControlType.BUSY);
    return "busy";
  }
  const part = { account: call.callee, deviceId };
  moveDevice(scene, part, "received");
  tellDevice(scene, part, { case: "callReceived", value: receivedValue(call) });
  if (isOnline) reachDevice(scene, deviceId);
  return "rings";
}

/** Brings a call to all devices of the callee that are logged in. */
export function bringCallToAll(scene: CallScene): void {
  const { call, world } = scene;
  if (isBlocked(world, call.caller, call.callee)) return;
  const came: ReturnType<typeof bringCall>[] = [];
  for (const { id: deviceId, status, stream } of world.accounts.get(call.callee)?.devices.values() ?? []) {
    if (status !== "live") continue;
    const isBusy = callOfDevice(world, call.callee, deviceId) !== undefined;
    came.push(bringCall(scene, { deviceId, isOnline: stream !== undefined, isBusy }));
  }
  if (came.includes("busy")) hangUpIfBusy(scene);
}

function receivedValue({ caller, id, type, ext }: Call) {
  const value = { caller, callId: id, type };
  return ext === undefined || ext === "" ? value : { ...value, extra: ext };
}

/** A device that rings says so to the caller, once and by itself (control 12). */
export function reachDevice(scene: CallScene, deviceId: string): void {
  const { call, draft } = scene;
  const part = partIn(scene, call.callee, deviceId);
  if (!part || part.reached) return;
  part.reached = true;
  draft.emit({ type: "callReached", callId: call.id, account: part.account, deviceId });
  tellCaller(scene, CallControlType.RECEIVED);
}

/** The caller's device gets a control of the callee; 12 and 9 are steps of the state machine. */
export function tellCaller(scene: CallScene, control: CallControlType): void {
  const caller = callerPart(scene);
  if (!caller) return;
  if (!scene.call.answer) {
    if (control === CallControlType.RECEIVED) moveDevice(scene, caller, "calleeReceived");
    if (control === CallControlType.BUSY) moveDevice(scene, caller, "calleeBusy");
  }
  const value = { callId: scene.call.id, userId: scene.call.callee, control };
  tellDevice(scene, caller, { case: "callControl", value });
}

/** Whether the console's switch keeps the callee's phone silent for a caller on the callee's blacklist. */
export function isBlocked(world: World, caller: string, callee: string): boolean {
  return world.policy.blacklistBlocksCalls && world.accounts.get(callee)?.blacklist.has(caller) === true;
}

/** Under the policy, hangs up for a caller whose callee is busy, unless another device of the callee rings. */
export function hangUpIfBusy(scene: CallScene, busyDeviceId?: string): void {
  const { call, world } = scene;
  const caller = callerPart(scene);
  if (!world.policy.busyEndsCall || !caller) return;
  for (const part of call.parts.values()) {
    if (part.account === call.callee && part.deviceId !== busyDeviceId) return;
  }
  hangUpOn(scene, call.caller);
  leaveCall(scene, caller, "hangUp");
  tellDevice(scene, caller, { case: "callHangup", value: { callId: call.id, userId: call.callee } });
  endCall(scene, "cancel");
}
