import {
  SessionType,
  TeamBeInviteMode,
  TeamInviteMode,
  TeamJoinMode,
  TeamType,
  TeamUpdateInfoMode,
} from "@nimkit/sdk/protocol/enums";
import type { BackendOptions } from "../../src/backend/index.ts";
import type { Actor } from "../../src/engine/entry.ts";
import type { CreateTeamCommand } from "../../src/gen/commands.ts";
import { DEFAULT_PASSWORD, defaultSeed } from "../../src/seed/default-seed.ts";
import { mergeSeeds } from "../../src/seed/merge-seeds.ts";
import { type TestBackend, testBackend } from "./kit.ts";

/** The advanced team of the default seed: owner 1001, members 1002 and 1003. */
export const TEAM = "64430396";

export const session = (teamId: string) => ({ sessionId: teamId, sessionType: SessionType.TEAM });

/** Five users: Ann owns the default team, Ben and Cleo are in it, Dora and Eve are not. */
export interface TeamStage {
  readonly b: TestBackend;
  readonly ann: Actor;
  readonly ben: Actor;
  readonly cleo: Actor;
  readonly dora: Actor;
  readonly eve: Actor;
}

export function teamStage(options: BackendOptions = {}): TeamStage {
  const more = ["1004", "1005"].map((userId) => ({ userId, password: DEFAULT_PASSWORD }));
  const seed = mergeSeeds(defaultSeed, { accounts: more }, options.seed ?? {});
  const b = testBackend({ ...options, seed });
  const [ann, ben, cleo, dora, eve] = ["1001", "1002", "1003", "1004", "1005"].map((id) => b.login(id));
  if (!ann || !ben || !cleo || !dora || !eve) throw new Error("five logins give five devices");
  return { b, ann, ben, cleo, dora, eve };
}

/** A creation with the schema's defaults: an advanced team that asks whom it invites. */
export const creation = (userIds: readonly string[], more: Partial<CreateTeamCommand> = {}): CreateTeamCommand => ({
  teamName: "Tea",
  type: TeamType.ADVANCED,
  joinMode: TeamJoinMode.NO_AUTH,
  inviteMode: TeamInviteMode.MANAGERS,
  beInviteMode: TeamBeInviteMode.NEED_AUTH,
  updateInfoMode: TeamUpdateInfoMode.MANAGERS,
  userIds,
  ...more,
});
