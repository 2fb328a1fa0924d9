import type { OverlayMarks } from "../journal.ts";
import { ROAMING_MESSAGES, ROAMING_MS, ROAMING_SESSIONS } from "../limits.ts";
import { newestFirst } from "../message/timeline.ts";
import type { Account, AccountView, Conversation, World } from "../world.ts";
import { lastActivity } from "./overlay.ts";

/** What a new device starts from, as marks by conversation key: the account's read marks, and the policy `roaming`. */
export function startingMarks(world: World, account: Account, now: number): [string, OverlayMarks][] {
  const all = world.policy.roaming === "all";
  const roamed = all ? undefined : roamedKeys(world, account);
  const result: [string, OverlayMarks][] = [];
  for (const [key, view] of account.views) {
    const conversation = world.conversations.get(key);
    if (!conversation) continue;
    let marks: OverlayMarks = view.readTime > 0 ? { readTime: view.readTime } : {};
    if (roamed && !roamed.has(key)) {
      const last = lastActivity(conversation, view);
      marks = { ...marks, clearedTime: last, hiddenTime: last };
    } else if (roamed) {
      marks = { ...marks, clearedTime: notRoamed(conversation, view, now - ROAMING_MS) };
    }
    if (Object.keys(marks).length > 0) result.push([key, marks]);
  }
  return result;
}

/** The sessions with the newest messages, as many as the service roams. */
function roamedKeys(world: World, account: Account): ReadonlySet<string> {
  const byTime = Array.from(account.views, ([key, view]): readonly [string, number] => {
    const conversation = world.conversations.get(key);
    return [key, conversation ? lastActivity(conversation, view) : 0];
  });
  byTime.sort((a, b) => b[1] - a[1]);
  return new Set(byTime.slice(0, ROAMING_SESSIONS).map(([key]) => key));
}

/** Time of the newest message that does not roam: too old, or beyond the count; 0 when all do. */
function notRoamed(conversation: Conversation, view: AccountView, oldest: number): number {
  let count = 0;
  for (const message of newestFirst(conversation, view, Number.POSITIVE_INFINITY)) {
    if (message.timestamp <= oldest || ++count > ROAMING_MESSAGES) return message.timestamp;
  }
  return 0;
}
