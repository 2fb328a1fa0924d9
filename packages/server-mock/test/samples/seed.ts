import { Gender, TeamBeInviteMode, TeamJoinMode, TeamType, TeamUpdateInfoMode } from "@nimkit/sdk/protocol/enums";
import { DEFAULT_PASSWORD, type SeedAccount, type SeedData } from "@nimkit/server-mock";

/** A person who filled in every line of the profile. */
function person(userId: string, nickname: string): SeedAccount {
  const name = nickname.toLowerCase();
  return {
    userId,
    password: DEFAULT_PASSWORD,
    nickname,
    avatarUrl: `https://img.example.com/${name}.png`,
    sign: `${nickname} was here`,
    gender: Gender.FEMALE,
    email: `${name}@example.com`,
    birth: "1991-02-03",
    mobile: "13900000000",
    ext: { floor: 1 },
  };
}

/** The world of the samples: that of the examples, with nothing left out that the module could show. */
export const sampleSeed: SeedData = {
  accounts: [
    {
      ...person("1001", "Ann"),
      blacklist: ["1005"],
      muteList: ["1003"],
      aliases: [{ userId: "1002", alias: "Ben from the kitchen" }],
    },
    person("1002", "Ben"),
    person("1003", "Cleo"),
    person("1004", "Dora"),
    person("1005", "Emil"),
    person("1006", "Finn"),
  ],
  friends: [["1001", "1002"]],
  teams: [
    {
      teamId: "64430396",
      teamName: "Nimkit team",
      type: TeamType.ADVANCED,
      owner: "1001",
      members: ["1002", "1003"],
      intro: "People who write samples",
      announcement: "Tea at four",
      avatarUrl: "https://img.example.com/team.png",
      joinMode: TeamJoinMode.NEED_AUTH,
      beInviteMode: TeamBeInviteMode.NO_AUTH,
      updateInfoMode: TeamUpdateInfoMode.ALL,
    },
    {
      teamId: "64430400",
      teamName: "First floor",
      type: TeamType.ADVANCED,
      owner: "1003",
      members: ["1002"],
      intro: "Everybody on the first floor",
      announcement: "The window is repaired",
      avatarUrl: "https://img.example.com/floor.png",
      joinMode: TeamJoinMode.NEED_AUTH,
      beInviteMode: TeamBeInviteMode.NEED_AUTH,
    },
  ],
  rooms: [
    {
      roomId: "3002",
      name: "Nimkit room",
      creator: "1001",
      announcement: "Welcome on board",
      broadcastUrl: "https://live.example.com/3002",
      extension: { theme: "sea" },
    },
  ],
};
