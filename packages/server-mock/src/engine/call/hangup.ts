import { ErrorCode } from "@nimkit/sdk/protocol/enums";
import type { CallHangupCommand, CallHangupReply } from "../../gen/commands.ts";
import type { CallContext } from "../decide-table.ts";
import { createDraft } from "../event/draft.ts";
import { accept, type Decision, refuse } from "../outcome.ts";
import type { World } from "../world.ts";
import { endCall, hangUpOn, leaveCall, partIn } from "./end.ts";
import { callOfDevice, findOwnCall } from "./find.ts";
import { openScene } from "./scene.ts";
import { stateRefusal } from "./states.ts";

/** The id that means the device's own call, for an app that does not know it. */
const OWN_CALL = "0";

/** Ends a call, or cancels it before the answer (behaviour.md B.13). */
export function decideCallHangup(
  world: World,
  { callId }: CallHangupCommand,
  { env, actor }: CallContext,
): Decision<CallHangupReply> {
  const id = callId === OWN_CALL ? callOfDevice(world, actor.account, actor.deviceId)?.call.id : callId;
  const found = id === undefined ? ErrorCode.NOT_FOUND : findOwnCall(world, actor, id);
  if (typeof found === "number") return refuse(found, found === ErrorCode.NOT_FOUND ? "call_id" : undefined);
  const refusal = stateRefusal(found.part.state, "hangUp", actor.platform);
  if (refusal !== undefined) return refuse(refusal);

  const draft = createDraft(world, env);
  const scene = openScene(world, env, draft, found.call);
  hangUpOn(scene, actor.account);
  const own = partIn(scene, actor.account, actor.deviceId);
  if (own) leaveCall(scene, own, "hangUp");
  endCall(scene, found.call.answer ? "hangup" : "cancel");
  return accept({}, draft.events);
}
