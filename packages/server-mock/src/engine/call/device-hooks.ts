import { ErrorCode } from "@nimkit/sdk/protocol/enums";
import type { DeviceHooks } from "../device/lifecycle.ts";
import type { Env } from "../env.ts";
import { createDraft } from "../event/draft.ts";
import type { JournalEvent } from "../journal.ts";
import type { SessionEnd, World } from "../world.ts";
import type { CallPart } from "./call.ts";
import { connectIfReady, loseNetwork, regainNetwork } from "./connect.ts";
import { disconnect, endCall, hangUpOn, leaveCall, partIn, tellDisconnected } from "./end.ts";
import type { CallEnding } from "./endings.ts";
import { callOfDevice } from "./find.ts";
import { bringCall, hangUpIfBusy, isBlocked, reachDevice } from "./ring.ts";
import { type CallScene, openScene, otherSide, peerOf, tellDevice } from "./scene.ts";

/** How the end of a device's login ends its call, and the codes that both sides hear (behaviour.md A.4). */
const SESSION_ENDINGS: Readonly<
  Record<SessionEnd, { readonly ending: CallEnding; readonly own?: ErrorCode; readonly peer?: ErrorCode }>
> = {
  // In good order: nobody hears a code, and the device that logs out knows.
  loggedOut: { ending: "logout" },
  kicked: { ending: "kick", own: ErrorCode.CALL_REMOVED, peer: ErrorCode.CALL_CLOSED },
  expired: { ending: "tokenExpiry", own: ErrorCode.CALL_SERVER_DISCONNECTED, peer: ErrorCode.CALL_CLOSED },
};

/** What a device's comings and goings do to its calls. */
export const callsOfDevice: DeviceHooks = {
  sessionEnds(draft, world, env, account, deviceId, end = "loggedOut") {
    const found = callOfDevice(world, account, deviceId);
    const scene = found && openScene(world, env, draft, found.call);
    const part = scene && partIn(scene, account, deviceId);
    for (const call of world.calls.live.values()) {
      if (call.callee !== account || call.answer || !call.heardBy.has(deviceId)) continue;
      draft.emit({ type: "callHeard", callId: call.id, deviceId, heard: false });
    }
    if (part) leaveForGood(scene, part, end);
  },
  streamLost(draft, world, env, account, deviceId) {
    const found = callOfDevice(world, account, deviceId);
    const scene = found && openScene(world, env, draft, found.call);
    const part = scene && partIn(scene, account, deviceId);
    if (part && !part.lost) loseNetwork(scene, part);
  },
  streamOpened(draft, world, env, account, deviceId) {
    const found = callOfDevice(world, account, deviceId);
    if (found) {
      const scene = openScene(world, env, draft, found.call);
      const part = partIn(scene, account, deviceId);
      if (part?.lost) regainNetwork(scene, part);
      if (account === found.call.callee && !found.call.answer) reachDevice(scene, deviceId);
      connectIfReady(scene);
    }
    ringBack(draft, world, env, account, deviceId);
  },
};

/** Calls that ring for the account come to a device that they did not come to before. */
const ringBack: NonNullable<DeviceHooks["streamOpened"]> = (draft, world, env, account, deviceId) => {
  const device = world.accounts.get(account)?.devices.get(deviceId);
  if (!device) return;
  let isBusy = callOfDevice(world, account, deviceId) !== undefined;
  for (const call of world.calls.live.values()) {
    if (call.callee !== account || call.answer || call.heardBy.has(deviceId)) continue;
    if (isBlocked(world, call.caller, account)) continue;
    const scene = openScene(world, env, draft, call);
    const came = bringCall(scene, { isOnline: true, deviceId, isBusy });
    if (came === "busy") hangUpIfBusy(scene);
    isBusy = true;
  }
};

/** A device whose login ends is out of its call. Only the callee's other devices go on ringing. */
function leaveForGood(scene: CallScene, part: CallPart, end: SessionEnd): void {
  const { call } = scene;
  const { ending, own, peer } = SESSION_ENDINGS[end];
  leaveCall(scene, part, "sessionEnded");
  if (call.answer) {
    for (const other of otherSide(scene, part.account)) disconnect(scene, other, peer);
    if (own !== undefined) tellDisconnected(scene, part, own);
  } else {
    // A device that only has to log in again reads on where it stopped: there the ringing must end too.
    const value = { callId: call.id, userId: peerOf(call, part.account) };
    if (end === "expired") tellDevice(scene, part, { case: "callHangup", value });
    if (part.account === call.callee) return;
    hangUpOn(scene, part.account);
  }
  endCall(scene, ending);
}

/** After a restore no stream is open: who was in a call has to come back to it in time. */
export function loseAllNetworks(world: World, env: Env): readonly JournalEvent[] {
  const draft = createDraft(world, env);
  for (const call of world.calls.live.values()) {
    const scene = openScene(world, env, draft, call);
    for (const part of scene.call.parts.values()) {
      const device = world.accounts.get(part.account)?.devices.get(part.deviceId);
      if (device?.stream !== undefined && !part.lost) loseNetwork(scene, part);
    }
  }
  return draft.events;
}
