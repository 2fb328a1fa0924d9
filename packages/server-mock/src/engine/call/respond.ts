import { CallState, CallType, ErrorCode } from "@nimkit/sdk/protocol/enums";
import type { ResponseCallCommand, ResponseCallReply } from "../../gen/commands.ts";
import { CLIENT_TYPES } from "../auth/session.ts";
import type { CallContext } from "../decide-table.ts";
import { createDraft } from "../event/draft.ts";
import { accept, type Decision, refuse } from "../outcome.ts";
import type { World } from "../world.ts";
import { type CallAnswer, deviceKey } from "./call.ts";
import { connectIfReady, loseNetwork } from "./connect.ts";
import { clearRing, endCall, leaveCall, partIn } from "./end.ts";
import { type CallScene, callerPart, moveDevice, openScene, tellDevice } from "./scene.ts";
import { stateRefusal } from "./states.ts";
import { takeSound } from "./take-sound.ts";
import { connectTimerKey } from "./timer-keys.ts";

/** Takes or refuses a call, once for all devices of the callee (behaviour.md B.13). */
export function decideResponseCall(
  world: World,
  command: ResponseCallCommand,
  { env, actor, account }: CallContext,
): Decision<ResponseCallReply> {
  const { callId, accept: accepted, type } = command;
  const key = deviceKey(account.id, actor.deviceId);
  if (accepted && type === CallType.VIDEO && !world.calls.devices.get(key)?.views) {
    return refuse(ErrorCode.MISSING_ARGUMENT, "type");
  }
  if (type === CallType.UNSPECIFIED) return refuse(ErrorCode.BAD_PARAMETER, "type");
  const live = world.calls.live.get(callId);
  const call = live ?? world.calls.ended.get(callId);
  if (!call) return refuse(ErrorCode.NOT_FOUND, "call_id");
  if (call.callee !== account.id) return refuse(ErrorCode.FORBIDDEN);
  const trigger = accepted ? "accept" : "reject";
  if (call.answer && (live || call.answer.deviceId !== actor.deviceId)) {
    return refuse(stateRefusal(CallState.CONNECTING, trigger, actor.platform) ?? ErrorCode.CALL_ANSWERED_ELSEWHERE);
  }
  if (!live) return refuse(ErrorCode.CALL_CHANNEL_INVALID);
  // A device that the call never came to, or that said it is busy, has nothing to answer.
  if (!live.parts.has(key)) return refuse(ErrorCode.FORBIDDEN);

  const draft = createDraft(world, env);
  const scene = openScene(world, env, draft, live);
  answerCall(scene, { deviceId: actor.deviceId, platform: actor.platform, accepted, time: env.now() });
  return accept({}, draft.events);
}

function answerCall(scene: CallScene, answer: CallAnswer): void {
  const { call, draft, env, world } = scene;
  const { accepted, deviceId } = answer;
  clearRing(scene);
  const connectDue = accepted ? env.now() + world.policy.callConnectMs : undefined;
  draft.emit({ type: "callAnswered", callId: call.id, answer, connectDue });
  Object.assign(call, { answer, connectDue });

  tellOtherDevices(scene, answer);
  const own = partIn(scene, call.callee, deviceId);
  if (own) moveDevice(scene, own, accepted ? "accept" : "reject");
  const caller = callerPart(scene);
  if (caller) {
    tellDevice(scene, caller, { case: "callResponse", value: { callee: call.callee, callId: call.id, accepted } });
    moveDevice(scene, caller, accepted ? "peerAccepted" : "peerRejected");
  }
  if (accepted) connect(scene, answer);
  else endCall(scene, "reject");
}

/** Sound and picture come up; whoever is without network now has as long as somebody who loses it while talking. */
function connect(scene: CallScene, { deviceId, time }: CallAnswer): void {
  const { call, draft } = scene;
  takeSound(scene, call.callee, deviceId);
  if (call.connectDue !== undefined && call.connectDue > time) {
    const action = { kind: "callConnected", callId: call.id } as const;
    draft.emit({ type: "timerSet", timer: { due: call.connectDue, key: connectTimerKey(call.id), action } });
  }
  for (const part of call.parts.values()) if (part.lost) loseNetwork(scene, part);
  connectIfReady(scene);
}

/** The callee's other devices stop ringing. */
function tellOtherDevices(scene: CallScene, { deviceId, platform, accepted }: CallAnswer): void {
  const { call } = scene;
  for (const part of [...call.parts.values()]) {
    if (part.account !== call.callee || part.deviceId === deviceId) continue;
    leaveCall(scene, part, "answeredElsewhere");
    const value = { callId: call.id, accepted, clientType: CLIENT_TYPES[platform] };
    tellDevice(scene, part, { case: "callRespondedElsewhere", value });
  }
}
