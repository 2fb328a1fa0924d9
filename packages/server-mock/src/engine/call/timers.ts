import { ErrorCode } from "@nimkit/sdk/protocol/enums";
import { createDraft } from "../event/draft.ts";
import type { TimerRules } from "../timers.ts";
import type { CallTimer } from "./call.ts";
import { connectIfReady } from "./connect.ts";
import { disconnect, endCall, leaveCall, partIn } from "./end.ts";
import { openScene, peerOf, tellDevice } from "./scene.ts";

/** What falls due. */
export const callTimers: TimerRules<CallTimer> = {
  /** Nobody answered: both directions hear a hangup (behaviour.md B.13). */
  callRang(world, env, { callId }) {
    const call = world.calls.live.get(callId);
    if (!call || call.answer) return [];
    const draft = createDraft(world, env);
    const scene = openScene(world, env, draft, call);
    for (const part of [...scene.call.parts.values()]) {
      leaveCall(scene, part, "rangOut");
      tellDevice(scene, part, { case: "callHangup", value: { callId, userId: peerOf(call, part.account) } });
    }
    endCall(scene, "timeout");
    return draft.events;
  },
  callConnected(world, env, { callId }) {
    const call = world.calls.live.get(callId);
    if (!call) return [];
    const draft = createDraft(world, env);
    connectIfReady(openScene(world, env, draft, call));
    return draft.events;
  },
  /** Who is without network lost the server; who has it lost the peer (behaviour.md A.4, B.13). */
  callLost(world, env, { callId, account, deviceId }) {
    const call = world.calls.live.get(callId);
    if (!call) return [];
    const draft = createDraft(world, env);
    const scene = openScene(world, env, draft, call);
    if (!partIn(scene, account, deviceId)?.lost) return [];
    for (const part of [...scene.call.parts.values()]) {
      disconnect(scene, part, part.lost ? ErrorCode.CALL_SERVER_DISCONNECTED : ErrorCode.CALL_PEER_TIMEOUT);
    }
    endCall(scene, "networkLoss");
    return draft.events;
  },
};
