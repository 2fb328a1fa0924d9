import type { CallPart } from "./call.ts";
import { tellQuality } from "./net-quality.ts";
import { type CallScene, moveDevice, otherSide, peerOf, tellDevice } from "./scene.ts";
import { lostTimerKey } from "./timer-keys.ts";

/** Establishes an answered call if sound and picture are up and both sides have their network (behaviour.md B.13). */
export function connectIfReady(scene: CallScene): void {
  const { call, draft, env } = scene;
  if (!call.answer?.accepted || call.establishedAt !== undefined) return;
  const parts = [...call.parts.values()];
  if (call.connectDue === undefined || env.now() < call.connectDue || parts.some((part) => part.lost)) return;
  call.establishedAt = env.now();
  draft.emit({ type: "callEstablished", callId: call.id, time: env.now() });
  for (const part of parts) {
    moveDevice(scene, part, "mediaUp");
    const value = { callId: call.id, userId: peerOf(call, part.account) };
    tellDevice(scene, part, { case: "callEstablished", value });
  }
  for (const part of parts) {
    tellQuality(scene, part, part.account);
    for (const peer of otherSide(scene, part.account)) tellQuality(scene, part, peer.account);
  }
}

/** A device is without network from now on; an answered call ends if that lasts. */
export function loseNetwork(scene: CallScene, part: CallPart): void {
  part.lost = true;
  const { account, deviceId } = part;
  const { call, draft, env, world } = scene;
  const due = call.answer ? env.now() + world.policy.callNetworkLossMs : undefined;
  part.lostDue = due;
  draft.emit({ type: "callNetworkChanged", callId: call.id, account, deviceId, lost: true, due });
  if (due === undefined) return;
  const action = { kind: "callLost", callId: call.id, account, deviceId } as const;
  draft.emit({ type: "timerSet", timer: { due, key: lostTimerKey(call.id, account, deviceId), action } });
}

/** A device has its network back. */
export function regainNetwork(scene: CallScene, part: CallPart): void {
  const { account, deviceId, lostDue } = part;
  const { call, draft } = scene;
  if (lostDue !== undefined) {
    draft.emit({ type: "timerCleared", due: lostDue, key: lostTimerKey(call.id, account, deviceId) });
  }
  part.lost = false;
  part.lostDue = undefined;
  draft.emit({ type: "callNetworkChanged", callId: call.id, account, deviceId, lost: false, due: undefined });
}
