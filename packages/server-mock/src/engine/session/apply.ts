import { deviceOf } from "../event/apply.ts";
import type { JournalEventOf } from "../journal.ts";
import type { Overlay, World } from "../world.ts";

function touch(
  world: World,
  event: { readonly account: string; readonly deviceId: string; readonly key: string },
): Overlay {
  const { overlays } = deviceOf(world, event.account, event.deviceId);
  const known = overlays.get(event.key);
  if (known) return known;
  const overlay: Overlay = { readTime: 0, clearedTime: 0, hiddenTime: 0, restored: new Set() };
  overlays.set(event.key, overlay);
  return overlay;
}

/** Moves marks forward, never back (reliability.md P5). */
export function applyOverlayMarked(world: World, event: JournalEventOf<"overlayMarked">): void {
  const overlay = touch(world, event);
  const { readTime = 0, clearedTime = 0, hiddenTime = 0 } = event.marks;
  overlay.readTime = Math.max(overlay.readTime, readTime);
  overlay.hiddenTime = Math.max(overlay.hiddenTime, hiddenTime);
  if (clearedTime > overlay.clearedTime) {
    overlay.clearedTime = clearedTime;
    overlay.restored.clear();
  }
  const view = world.accounts.get(event.account)?.views.get(event.key);
  if (view) view.readTime = Math.max(view.readTime, readTime);
}

/** Brings messages back that the device had deleted. */
export function applyHistorySynced(world: World, event: JournalEventOf<"historySynced">): void {
  const overlay = touch(world, event);
  for (const time of event.times) overlay.restored.add(time);
}
