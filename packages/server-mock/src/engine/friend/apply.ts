import type { JournalEventOf } from "../journal.ts";
import type { World } from "../world.ts";

/** Notes who asked for friendship. */
export function applyFriendRequested(world: World, event: JournalEventOf<"friendRequested">): void {
  world.accounts.get(event.account)?.friendRequests.set(event.from, event.time);
}

/** Forgets a request that was answered. */
export function applyFriendRequestClosed(world: World, event: JournalEventOf<"friendRequestClosed">): void {
  world.accounts.get(event.account)?.friendRequests.delete(event.from);
}

/** Makes two accounts friends of each other; what they asked of each other is settled. */
export function applyBefriended(world: World, event: JournalEventOf<"befriended">): void {
  const [a, b] = event.accounts;
  for (const [one, other] of [
    [a, b],
    [b, a],
  ] as const) {
    world.accounts.get(one)?.friends.set(other, { since: event.time });
    world.accounts.get(one)?.friendRequests.delete(other);
  }
}

/** Ends a friendship on both sides. */
export function applyUnfriended(world: World, event: JournalEventOf<"unfriended">): void {
  const [a, b] = event.accounts;
  world.accounts.get(a)?.friends.delete(b);
  world.accounts.get(b)?.friends.delete(a);
}
