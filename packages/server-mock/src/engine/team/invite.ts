import {
  ErrorCode,
  SystemMessageStatus,
  SystemMessageType,
  TeamBeInviteMode,
  TeamInviteMode,
  TeamOperation,
  TeamType,
} from "@nimkit/sdk/protocol/enums";
import type { AddUsersCommand, AddUsersReply, TeamData } from "../../gen/commands.ts";
import type { CallContext } from "../decide-table.ts";
import type { Env } from "../env.ts";
import { createDraft, type Draft } from "../event/draft.ts";
import { accept, type Decision, refuse } from "../outcome.ts";
import { tellSystemMessage } from "../system-message/tell.ts";
import type { World } from "../world.ts";
import { isInTooMany, isTooSmallFor } from "./capacity.ts";
import { type ChangingTeam, changing } from "./changing.ts";
import { distinctAccounts, isAuthority, refuseBy, seatOf } from "./rights.ts";
import type { Team } from "./team.ts";
import { teamData } from "./team-data.ts";

/** What a system message about a team says. */
export interface TeamRequest {
  readonly type: SystemMessageType;
  readonly sourceId: string;
  readonly teamId: string;
  readonly postscript?: string | undefined;
  readonly team?: TeamData;
}

/** Sends a system message about a team to one account. */
export function tellRequest(draft: Draft, env: Env, account: string, request: TeamRequest): void {
  const { type, sourceId, teamId, postscript, team } = request;
  tellSystemMessage(draft, account, env.index, {
    messageId: env.serial(),
    type,
    timestamp: env.now(),
    sourceId,
    targetId: teamId,
    read: false,
    status: SystemMessageStatus.INIT,
    ...(postscript ? { postscript } : {}),
    ...(team === undefined ? {} : { team }),
  });
}

/** Asks accounts to join. */
export function invite(
  draft: Draft,
  env: Env,
  change: ChangingTeam,
  inviterId: string,
  userIds: readonly string[],
  postscript: string | undefined,
): void {
  const { team } = change;
  const { teamId } = team;
  for (const userId of userIds) {
    change.emit({ type: "teamInvited", teamId, userId, inviterId, time: env.now() });
    const row = teamData(team, userId);
    const request = { type: SystemMessageType.TEAM_INVITE, sourceId: inviterId, teamId, postscript, team: row };
    tellRequest(draft, env, userId, request);
  }
}

/** Whether who is invited has to consent: in advanced teams that say so. */
export const asksFirst = ({ type, beInviteMode }: Team): boolean =>
  type === TeamType.ADVANCED && beInviteMode === TeamBeInviteMode.NEED_AUTH;

/** Brings accounts in without asking them; a normal team tells of it as the policy says. */
export function bringIn(world: World, change: ChangingTeam, inviterId: string, userIds: readonly string[]): void {
  const quiet = change.team.type === TeamType.NORMAL && world.policy.normalTeamJoinNotice === "withNextMessage";
  change.join(userIds, { inviterId });
  if (quiet) change.joinQuietly(inviterId, userIds);
  else change.notify({ operation: TeamOperation.INVITE, operatorId: inviterId, targetIds: userIds });
}

/** Invites into a team, or adds at once where nobody is asked (behaviour.md B.10). */
export function decideAddUsers(
  world: World,
  command: AddUsersCommand,
  { env, actor, account }: CallContext,
): Decision<AddUsersReply> {
  const seat = seatOf(world, command.teamId, account.id);
  if ("refusal" in seat) return refuseBy(seat);
  const { team, member } = seat;
  if (team.type === TeamType.ADVANCED && team.inviteMode === TeamInviteMode.MANAGERS && !isAuthority(member)) {
    return refuse(ErrorCode.TEAM_NO_PERMISSION);
  }
  const others = distinctAccounts(command.userIds).filter((userId) => !team.members.has(userId));
  if (!others.every((userId) => world.accounts.has(userId))) return refuse(ErrorCode.NOT_FOUND, "user_ids");
  const failedUserIds = others.filter((userId) => isInTooMany(world, userId));
  const userIds = others.filter((userId) => !failedUserIds.includes(userId));
  if (isTooSmallFor(team, userIds.length)) return refuse(ErrorCode.TEAM_MEMBER_LIMIT);
  const pending = asksFirst(team);
  if (userIds.length === 0) return accept({ pending: false, failedUserIds });

  const draft = createDraft(world, env);
  const change = changing(draft, world, env, team);
  // Android's SDK has no words for an invitation (behaviour.md D.1).
  if (pending) {
    const postscript = actor.platform === "android" ? undefined : command.postscript;
    invite(draft, env, change, account.id, userIds, postscript);
  } else bringIn(world, change, account.id, userIds);
  change.finish(!pending);
  return accept({ pending, failedUserIds }, draft.events);
}
