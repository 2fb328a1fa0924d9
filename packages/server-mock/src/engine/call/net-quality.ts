import { CallNetQuality } from "@nimkit/sdk/protocol/enums";
import { canonicalAccount } from "../account-id.ts";
import type { Env } from "../env.ts";
import { createDraft } from "../event/draft.ts";
import type { JournalEvent } from "../journal.ts";
import type { Policy } from "../policy.ts";
import type { World } from "../world.ts";
import type { CallPart } from "./call.ts";
import { type CallScene, openScene, tellDevice } from "./scene.ts";

/** Quality of an account's network under a policy. */
function qualityOf({ callNetQuality }: Policy, account: string): CallNetQuality {
  const named = callNetQuality.find(([userId]) => canonicalAccount(userId) === account);
  return named?.[1] ?? CallNetQuality.VERY_GOOD;
}

/** Tells a device how somebody's network is; about its own account it means its sending side. */
export function tellQuality(scene: CallScene, part: CallPart, userId: string): void {
  const status = qualityOf(scene.world.policy, userId);
  tellDevice(scene, part, { case: "callNetStatus", value: { status, userId } });
}

/** A change of the policy is a change of the network: established calls hear of it. */
export function tellChangedQuality(world: World, env: Env, change: Partial<Policy>): readonly JournalEvent[] {
  if (change.callNetQuality === undefined) return [];
  const policy = { ...world.policy, ...change };
  const changed = (account: string) => qualityOf(policy, account) !== qualityOf(world.policy, account);
  const draft = createDraft(world, env);
  for (const call of world.calls.live.values()) {
    if (call.establishedAt === undefined) continue;
    const scene = openScene({ ...world, policy }, env, draft, call);
    const accounts = [call.caller, call.callee].filter(changed);
    for (const part of call.parts.values()) for (const userId of accounts) tellQuality(scene, part, userId);
  }
  return draft.events;
}
