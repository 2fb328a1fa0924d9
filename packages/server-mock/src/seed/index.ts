export { DEFAULT_PASSWORD, defaultSeed } from "./default-seed.ts";
export { mergeSeeds } from "./merge-seeds.ts";
export type { SeedAccount, SeedData, SeedMessage, SeedRoom, SeedTeam } from "./seed-data.ts";
