import { CallControlType, CallType, ErrorCode } from "@nimkit/sdk/protocol/enums";
import type { CallControlCommand, CallControlReply } from "../../gen/commands.ts";
import type { CallContext } from "../decide-table.ts";
import { createDraft } from "../event/draft.ts";
import { accept, type Decision, refuse } from "../outcome.ts";
import type { World } from "../world.ts";
import { findOwnCall } from "./find.ts";
import { hangUpIfBusy, reachDevice, tellCaller } from "./ring.ts";
import { type CallScene, moveDevice, openScene, otherSide, peerOf, tellDevice } from "./scene.ts";

const { VIDEO_REQUEST, VIDEO_ACCEPT, VIDEO_REJECT, SWITCH_TO_AUDIO, BUSY, NO_CAMERA, BACKGROUND, RECEIVED } =
  CallControlType;

/** Sends a signal to the other side; 5 to 8 turn the call from voice to video and back (behaviour.md B.13, D.1). */
export function decideCallControl(
  world: World,
  { callId, type }: CallControlCommand,
  { env, actor }: CallContext,
): Decision<CallControlReply> {
  const isForIosOnly = type === NO_CAMERA || type === BACKGROUND;
  if (type === CallControlType.UNSPECIFIED || (isForIosOnly && actor.platform === "android")) {
    return refuse(ErrorCode.BAD_PARAMETER, "type");
  }
  const found = findOwnCall(world, actor, callId);
  if (typeof found === "number") return refuse(found, found === ErrorCode.NOT_FOUND ? "call_id" : undefined);
  const { call, part } = found;
  const isAnswer = type === VIDEO_ACCEPT || type === VIDEO_REJECT;
  if (isAnswer && !call.videoAsked.has(peerOf(call, part.account))) return refuse(ErrorCode.FORBIDDEN, "type");

  const draft = createDraft(world, env);
  const scene = openScene(world, env, draft, call);
  moveDevice(scene, part, "control");
  if (!call.answer && part.account === call.callee) signalCaller(scene, part.deviceId, type);
  else {
    if (call.answer) changeType(scene, part.account, type);
    for (const peer of otherSide(scene, part.account)) {
      tellDevice(scene, peer, { case: "callControl", value: { callId, userId: part.account, control: type } });
    }
  }
  return accept({}, draft.events);
}

/** A device that rings says something: what it says by itself counts as said. */
function signalCaller(scene: CallScene, deviceId: string, type: CallControlType): void {
  if (type === RECEIVED) reachDevice(scene, deviceId);
  else tellCaller(scene, type);
  if (type === BUSY) hangUpIfBusy(scene, deviceId);
}

/** A request waits for its answer; an answer that agrees, or 8 without any, changes the call. */
function changeType({ call, draft }: CallScene, account: string, type: CallControlType): void {
  const callId = call.id;
  const change = (callType: CallType) => draft.emit({ type: "callTypeChanged", callId, callType });
  if (type === VIDEO_REQUEST && call.type === CallType.AUDIO) {
    draft.emit({ type: "callVideoAsked", callId, account, asked: true });
  }
  if (type === VIDEO_REJECT)
    draft.emit({ type: "callVideoAsked", callId, account: peerOf(call, account), asked: false });
  if (type === VIDEO_ACCEPT) change(CallType.VIDEO);
  if (type === SWITCH_TO_AUDIO && call.type === CallType.VIDEO) change(CallType.AUDIO);
}
