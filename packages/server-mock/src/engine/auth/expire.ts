import type { Env } from "../env.ts";
import { createDraft } from "../event/draft.ts";
import type { JournalEvent } from "../journal.ts";
import type { World } from "../world.ts";

/** A token's time is up: the device that still uses it is logged out. */
export function expireToken(world: World, env: Env, tokenHash: string): readonly JournalEvent[] {
  const draft = createDraft(world, env);
  const token = world.tokens.get(tokenHash);
  if (token)
    draft.emit({
      type: "sessionEnded",
      account: token.account,
      deviceId: token.deviceId,
      end: "expired",
      index: env.index,
    });
  return draft.events;
}
