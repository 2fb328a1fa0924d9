import { CallState } from "@nimkit/sdk/protocol/enums";
import type { EventData } from "../../gen/commands.ts";
import type { Env } from "../env.ts";
import type { Draft } from "../event/draft.ts";
import type { World } from "../world.ts";
import { type Call, type CallPart, deviceKey } from "./call.ts";
import { type CallTrigger, nextState } from "./states.ts";

/**
 * A call during a decision: a copy that goes through the same steps as the events of the draft, because a decision may
 * take several and the world changes only afterwards.
 */
export interface CallScene {
  readonly world: World;
  readonly env: Env;
  readonly draft: Draft;
  readonly call: Call;
}

/** Begins a decision about a call. */
export function openScene(world: World, env: Env, draft: Draft, call: Call): CallScene {
  const parts = new Map(Array.from(call.parts, ([key, part]): [string, CallPart] => [key, { ...part }]));
  return { world, env, draft, call: { ...call, parts } };
}

/** Takes a device a step further. A step that the table does not have is a defect. */
export function moveDevice(scene: CallScene, device: Pick<CallPart, "account" | "deviceId">, on: CallTrigger): void {
  const { account, deviceId } = device;
  const { id, parts } = scene.call;
  const key = deviceKey(account, deviceId);
  const part = parts.get(key);
  const from = part?.state ?? CallState.IDLE;
  const state = nextState(from, on);
  if (state === undefined) throw new Error(`a call has no step from ${from} on ${on}`);
  if (state === from) return;
  if (state === CallState.IDLE) parts.delete(key);
  else if (part) part.state = state;
  else parts.set(key, { account, deviceId, state, reached: false, lost: false, lostDue: undefined });
  scene.draft.emit({ type: "callMoved", callId: id, account, deviceId, on, state, time: scene.env.now() });
}

/** Tells one device that takes part. */
export function tellDevice(
  { draft }: CallScene,
  { account, deviceId }: Pick<CallPart, "account" | "deviceId">,
  payload: EventData["payload"],
): void {
  draft.deliverTo(account, deviceId, { payload });
}

/** The other account. */
export const peerOf = ({ caller, callee }: Pick<Call, "caller" | "callee">, account: string): string =>
  account === caller ? callee : caller;

/** The devices of the other side that take part: before the answer all that ring, after it one. */
export function otherSide({ call }: CallScene, account: string): CallPart[] {
  return [...call.parts.values()].filter((part) => part.account !== account);
}

/** The caller's device, while it takes part. */
export function callerPart({ call }: CallScene): CallPart | undefined {
  for (const part of call.parts.values()) if (part.account === call.caller) return part;
  return undefined;
}
