import { ErrorCode, TeamMemberType, TeamMuteMode, TeamOperation, TeamType } from "@nimkit/sdk/protocol/enums";
import type { CreateTeamCommand, CreateTeamReply } from "../../gen/commands.ts";
import type { CallContext } from "../decide-table.ts";
import type { Env } from "../env.ts";
import { createDraft } from "../event/draft.ts";
import { accept, type Decision, refuse } from "../outcome.ts";
import type { World } from "../world.ts";
import { isInTooMany, ownsTooMany } from "./capacity.ts";
import { changing } from "./changing.ts";
import { newTeam } from "./evolve.ts";
import { asksFirst, bringIn, invite } from "./invite.ts";
import type { TeamStart } from "./journal.ts";
import { distinctAccounts } from "./rights.ts";

/** Ids have eight digits, as the vendor's. */
const FIRST_ID = 10_000_000;
const ID_COUNT = 90_000_000;

function freshId(world: World, env: Env): string {
  for (;;) {
    const id = String(FIRST_ID + Math.floor(env.random("team id") * ID_COUNT));
    if (!world.teams.has(id)) return id;
  }
}

function startOf(world: World, env: Env, command: CreateTeamCommand, owner: string): TeamStart {
  const advanced = command.type === TeamType.ADVANCED;
  const text = (value: string | undefined): string | undefined => (advanced && value ? value : undefined);
  const { teamName, type, joinMode, inviteMode, beInviteMode, updateInfoMode } = command;
  return {
    teamId: freshId(world, env),
    type,
    teamName,
    owner,
    avatarUrl: text(command.avatarUrl),
    intro: text(command.intro),
    announcement: text(command.announcement),
    clientCustomInfo: undefined,
    serverCustomInfo: undefined,
    joinMode,
    inviteMode,
    beInviteMode,
    updateInfoMode,
    muteMode: TeamMuteMode.NONE,
    memberLimit: world.policy.teamMemberLimit,
    createTime: env.now(),
  };
}

/** Creates a team and brings its first members in, or asks them (behaviour.md B.10). */
export function decideCreateTeam(
  world: World,
  command: CreateTeamCommand,
  { env, account }: CallContext,
): Decision<CreateTeamReply> {
  const others = distinctAccounts(command.userIds).filter((userId) => userId !== account.id);
  if (command.type === TeamType.NORMAL && others.length === 0) return refuse(ErrorCode.BAD_PARAMETER, "user_ids");
  if (!others.every((userId) => world.accounts.has(userId))) return refuse(ErrorCode.NOT_FOUND, "user_ids");
  const failedUserIds = others.filter((userId) => isInTooMany(world, userId));
  const userIds = others.filter((userId) => !failedUserIds.includes(userId));
  if (userIds.length + 1 > world.policy.teamMemberLimit) return refuse(ErrorCode.TEAM_MEMBER_LIMIT, "user_ids");
  if (ownsTooMany(world, account.id) || isInTooMany(world, account.id)) return refuse(ErrorCode.TEAM_LIMIT);

  const start = startOf(world, env, command, account.id);
  const draft = createDraft(world, env);
  draft.emit({ type: "teamCreated", team: start });
  const change = changing(draft, world, env, newTeam(start));
  const asOwner = { type: TeamMemberType.OWNER };
  if (asksFirst(change.team)) {
    change.join([account.id], asOwner);
    invite(draft, env, change, account.id, userIds, command.postscript);
  } else if (command.type === TeamType.NORMAL) {
    change.join([account.id], asOwner);
    if (userIds.length > 0) bringIn(world, change, account.id, userIds);
  } else {
    // The notification is for the others: the creator has no session until somebody speaks (behaviour.md B.2).
    const first = userIds.length > 0 ? 1 : 0;
    change.join([account.id], asOwner, first);
    change.join(userIds, { inviterId: account.id });
    const note = { operation: TeamOperation.INVITE, operatorId: account.id, targetIds: userIds };
    if (first > 0) change.notify(note, account.id);
  }
  change.finish(true);
  return accept({ teamId: start.teamId, failedUserIds }, draft.events);
}
