import { TeamType } from "@nimkit/sdk/protocol/enums";
import type { SeedData } from "./seed-data.ts";

/** Password of the default accounts. */
export const DEFAULT_PASSWORD = "1qaz2wsx";

/** The world of the examples: three accounts, one advanced team and one chat room. */
export const defaultSeed: SeedData = {
  accounts: [
    { userId: "1001", password: DEFAULT_PASSWORD, nickname: "Ann" },
    { userId: "1002", password: DEFAULT_PASSWORD, nickname: "Ben" },
    { userId: "1003", password: DEFAULT_PASSWORD, nickname: "Cleo" },
  ],
  teams: [
    {
      teamId: "64430396",
      teamName: "Nimkit team",
      type: TeamType.ADVANCED,
      owner: "1001",
      members: ["1002", "1003"],
    },
  ],
  rooms: [{ roomId: "3002", name: "Nimkit room", creator: "1001" }],
};
