import type { SeedData } from "./seed-data.ts";

/** One seed out of several: lists are joined in order, so a later account changes an earlier one of the same id. */
export function mergeSeeds(...seeds: readonly SeedData[]): SeedData {
  return {
    accounts: seeds.flatMap((seed) => seed.accounts ?? []),
    friends: seeds.flatMap((seed) => seed.friends ?? []),
    teams: seeds.flatMap((seed) => seed.teams ?? []),
    rooms: seeds.flatMap((seed) => seed.rooms ?? []),
    sounds: seeds.flatMap((seed) => seed.sounds ?? []),
    messages: seeds.flatMap((seed) => seed.messages ?? []),
  };
}
