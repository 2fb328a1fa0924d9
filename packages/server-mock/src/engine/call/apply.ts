import { CallState } from "@nimkit/sdk/protocol/enums";
import type { Appliers } from "../journal.ts";
import { MAX_ENDED_CALLS } from "../limits.ts";
import type { World } from "../world.ts";
import { type Call, type CallPart, deviceKey, newCall } from "./call.ts";
import { type DeviceCall, INITIAL_SETTINGS, newDeviceCall } from "./device-call.ts";
import type { CallEvent } from "./journal.ts";

function callOf(world: World, callId: string): Call {
  const call = world.calls.live.get(callId);
  if (!call) throw new Error(`journal names an unknown call ${callId}`);
  return call;
}

function partOf(world: World, event: { callId: string; account: string; deviceId: string }): CallPart {
  const part = callOf(world, event.callId).parts.get(deviceKey(event.account, event.deviceId));
  if (!part) throw new Error(`journal names a device of ${event.account} that is not in call ${event.callId}`);
  return part;
}

function deviceCallOf(world: World, account: string, deviceId: string): DeviceCall {
  const key = deviceKey(account, deviceId);
  const known = world.calls.devices.get(key);
  if (known) return known;
  const fresh = newDeviceCall();
  world.calls.devices.set(key, fresh);
  return fresh;
}

/** Folds facts about calls into the world. */
export const callAppliers: Appliers<CallEvent> = {
  callStarted(world, { start }) {
    world.calls.live.set(start.callId, newCall(start));
  },
  callMoved(world, { callId, account, deviceId, state, time }) {
    const { parts } = callOf(world, callId);
    const key = deviceKey(account, deviceId);
    const device = deviceCallOf(world, account, deviceId);
    if (state === CallState.IDLE) {
      parts.delete(key);
      device.callId = undefined;
      device.settings = INITIAL_SETTINGS;
      device.freeSince = time;
      return;
    }
    device.callId = callId;
    const part = parts.get(key);
    if (part) part.state = state;
    else parts.set(key, { account, deviceId, state, reached: false, lost: false, lostDue: undefined });
  },
  callHeard(world, { callId, deviceId, heard }) {
    const { heardBy } = callOf(world, callId);
    if (heard) heardBy.add(deviceId);
    else heardBy.delete(deviceId);
  },
  callReached(world, event) {
    partOf(world, event).reached = true;
  },
  callAnswered(world, { callId, answer, connectDue }) {
    Object.assign(callOf(world, callId), { answer, connectDue });
  },
  callEstablished(world, { callId, time }) {
    callOf(world, callId).establishedAt = time;
  },
  callVideoAsked(world, { callId, account, asked }) {
    const { videoAsked } = callOf(world, callId);
    if (asked) videoAsked.add(account);
    else videoAsked.delete(account);
  },
  callTypeChanged(world, { callId, callType }) {
    const call = callOf(world, callId);
    call.type = callType;
    call.videoAsked.clear();
    for (const { account, deviceId } of call.parts.values()) {
      deviceCallOf(world, account, deviceId).settings = INITIAL_SETTINGS;
    }
  },
  callNetworkChanged(world, event) {
    Object.assign(partOf(world, event), { lost: event.lost, lostDue: event.due });
  },
  callEnded(world, { callId, ending, time }) {
    const { id, index, caller, callee, answer } = callOf(world, callId);
    const { live, ended } = world.calls;
    live.delete(callId);
    ended.set(callId, { id, index, caller, callee, answer, ending, endedAt: time });
    for (const oldest of ended.keys()) {
      if (ended.size <= MAX_ENDED_CALLS) return;
      ended.delete(oldest);
    }
  },
  callSettingsChanged(world, { account, deviceId, settings }) {
    deviceCallOf(world, account, deviceId).settings = settings;
  },
  callViewsChanged(world, { account, deviceId, views }) {
    deviceCallOf(world, account, deviceId).views = views;
  },
};
