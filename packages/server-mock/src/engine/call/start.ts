import { CallType, ErrorCode } from "@nimkit/sdk/protocol/enums";
import type { StartCallCommand, StartCallReply } from "../../gen/commands.ts";
import { canonicalAccount } from "../account-id.ts";
import type { CallContext } from "../decide-table.ts";
import type { Env } from "../env.ts";
import { isConnected } from "../event/apply.ts";
import { createDraft } from "../event/draft.ts";
import { accept, type Decision, refuse } from "../outcome.ts";
import type { World } from "../world.ts";
import { deviceKey, newCall } from "./call.ts";
import { stateOf } from "./find.ts";
import { bringCallToAll, isBlocked } from "./ring.ts";
import { moveDevice, openScene } from "./scene.ts";
import { stateRefusal } from "./states.ts";
import { takeSound } from "./take-sound.ts";
import { ringTimerKey } from "./timer-keys.ts";

/** Calls one person: all his devices ring, until one answers or the ring time is over (behaviour.md B.13). */
export function decideStartCall(
  world: World,
  command: StartCallCommand,
  context: CallContext,
): Decision<StartCallReply> {
  const { env, actor, account } = context;
  const callee = canonicalAccount(command.callees[0] ?? "");
  const refusal = startRefusal(world, command, callee, context);
  if (refusal) return refuse(refusal.code, refusal.field);

  const { type, ext } = command;
  const ringDue = env.now() + world.policy.callRingMs;
  const start = { callId: newCallId(env), index: env.index, caller: account.id, callee, ext, type };
  const draft = createDraft(world, env);
  const call = newCall({ ...start, startedAt: env.now(), ringDue });
  const scene = openScene(world, env, draft, call);
  draft.emit({ type: "callStarted", start: { ...start, startedAt: env.now(), ringDue } });
  const action = { kind: "callRang", callId: call.id } as const;
  draft.emit({ type: "timerSet", timer: { due: ringDue, key: ringTimerKey(call.id), action } });
  moveDevice(scene, { account: account.id, deviceId: actor.deviceId }, "startCall");
  takeSound(scene, account.id, actor.deviceId);
  bringCallToAll(scene);
  return accept({ callId: call.id }, draft.events);
}

/** The checks in their documented order. */
function startRefusal(
  world: World,
  { type, callees }: StartCallCommand,
  callee: string,
  { env, actor, account }: CallContext,
): { readonly code: ErrorCode; readonly field?: string } | undefined {
  if (callee === "") return { code: ErrorCode.MISSING_ARGUMENT, field: "callees" };
  const device = world.calls.devices.get(deviceKey(account.id, actor.deviceId));
  // The call's engine does not start without views for the picture, nor right after another call.
  if (type === CallType.VIDEO && !device?.views) return { code: ErrorCode.MISSING_ARGUMENT, field: "type" };
  if (device && env.now() < device.freeSince + world.policy.callPauseMs) return { code: ErrorCode.MISSING_ARGUMENT };
  if (callees.length > 1 || callee === account.id) return { code: ErrorCode.BAD_PARAMETER, field: "callees" };
  if (type === CallType.UNSPECIFIED) return { code: ErrorCode.BAD_PARAMETER, field: "type" };
  const code = stateRefusal(stateOf(world, account.id, actor.deviceId), "startCall", actor.platform);
  if (code !== undefined) return { code };
  if (!world.accounts.has(callee)) return { code: ErrorCode.NOT_FOUND, field: "callees" };
  const isReachable = isConnected(world, callee) && !isBlocked(world, account.id, callee);
  // Android always keeps calling; on iOS it is an option of the call.
  if (isReachable || world.policy.alwaysKeepCalling || actor.platform === "android") return undefined;
  return { code: ErrorCode.CALLEE_OFFLINE };
}

/**
 * An id as the native SDKs give it: a 64-bit number, too large for a JavaScript number to hold, so that an app that
 * turns it into one notices here. The entry's index makes it unique.
 */
function newCallId(env: Env): string {
  const front = 100_000_000 + Math.floor(env.random("call") * 800_000_000);
  return `${front}${String(env.index).padStart(10, "0")}`;
}
