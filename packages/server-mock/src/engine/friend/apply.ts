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
    const account = world.accounts.get(one);
    const alias = account?.keptAliases.get(other);
    account?.keptAliases.delete(other);
    account?.friends.set(other, { since: event.time, ...(alias === undefined ? {} : { alias }) });
    world.accounts.get(one)?.friendRequests.delete(other);
  }
}

/** Ends a friendship on both sides; should they be friends again, the names that they gave each other are there. */
export function applyUnfriended(world: World, event: JournalEventOf<"unfriended">): void {
  const [a, b] = event.accounts;
  for (const [one, other] of [
    [a, b],
    [b, a],
  ] as const) {
    const account = world.accounts.get(one);
    const alias = account?.friends.get(other)?.alias;
    if (alias !== undefined) account?.keptAliases.set(other, alias);
    account?.friends.delete(other);
  }
}
