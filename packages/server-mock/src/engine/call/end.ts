import type { ErrorCode } from "@nimkit/sdk/protocol/enums";
import { type CallPart, deviceKey } from "./call.ts";
import { disconnectCode } from "./codes.ts";
import type { CallEnding } from "./endings.ts";
import { storeRecord } from "./record.ts";
import { type CallScene, moveDevice, otherSide, peerOf, tellDevice } from "./scene.ts";
import { connectTimerKey, lostTimerKey, ringTimerKey } from "./timer-keys.ts";

/** Ends a call that all devices have left. */
export function endCall(scene: CallScene, ending: CallEnding): void {
  const { draft, env, call } = scene;
  if (call.parts.size > 0) throw new Error(`call ${call.id} ends while devices are in it`);
  clearRing(scene);
  if (call.connectDue !== undefined && call.establishedAt === undefined) {
    draft.emit({ type: "timerCleared", due: call.connectDue, key: connectTimerKey(call.id) });
  }
  draft.emit({ type: "callEnded", callId: call.id, ending, time: env.now() });
  storeRecord(scene, ending);
}

/** Stops the clock of the ringing, unless an answer stopped it before. */
export function clearRing({ draft, call }: CallScene): void {
  if (call.answer) return;
  draft.emit({ type: "timerCleared", due: call.ringDue, key: ringTimerKey(call.id) });
}

/** A device goes, and nothing waits for its network any more. */
export function leaveCall(scene: CallScene, part: CallPart, on: Parameters<typeof moveDevice>[2]): void {
  if (part.lostDue !== undefined) {
    const key = lostTimerKey(scene.call.id, part.account, part.deviceId);
    scene.draft.emit({ type: "timerCleared", due: part.lostDue, key });
  }
  moveDevice(scene, part, on);
}

/** The other side of an account hears that it hung up, or that it cancelled. */
export function hangUpOn(scene: CallScene, account: string): void {
  for (const part of otherSide(scene, account)) {
    leaveCall(scene, part, "peerHungUp");
    tellDevice(scene, part, { case: "callHangup", value: { callId: scene.call.id, userId: account } });
  }
}

/** A device of an answered call hears that it broke off; without a code, in good order. */
export function disconnect(scene: CallScene, part: CallPart, code: ErrorCode | undefined): void {
  leaveCall(scene, part, "disconnected");
  tellDisconnected(scene, part, code);
}

/** Tells a device that its call broke off, in the numbers of its platform. */
export function tellDisconnected(scene: CallScene, part: CallPart, code: ErrorCode | undefined): void {
  const { call, world } = scene;
  const value = { callId: call.id, userId: peerOf(call, part.account) };
  const platform = world.accounts.get(part.account)?.devices.get(part.deviceId)?.platform ?? "web";
  const errorCode = code === undefined ? {} : { errorCode: disconnectCode(code, platform) };
  tellDevice(scene, part, { case: "callDisconnected", value: { ...value, ...errorCode } });
}

/** The part of a device in the scene. */
export function partIn({ call }: CallScene, account: string, deviceId: string): CallPart | undefined {
  return call.parts.get(deviceKey(account, deviceId));
}
