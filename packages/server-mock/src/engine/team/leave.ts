import { ErrorCode, TeamMemberType, TeamOperation, TeamType } from "@nimkit/sdk/protocol/enums";
import type { CallContext } from "../decide-table.ts";
import { createDraft } from "../event/draft.ts";
import { accept, type Decision, refuse } from "../outcome.ts";
import type { World } from "../world.ts";
import { changing } from "./changing.ts";
import { advancedSeat, distinctAccounts, outranks, refuseBy, type Seat, seatOf } from "./rights.ts";

/** Leaves a team. The owner of an advanced one cannot; a normal one then has none (behaviour.md B.10). */
export function decideQuit(world: World, teamId: string, { env, account }: CallContext): Decision<object> {
  const seat = seatOf(world, teamId, account.id);
  if ("refusal" in seat) return refuseBy(seat);
  const { team, member } = seat;
  if (team.type === TeamType.ADVANCED && member.type === TeamMemberType.OWNER) {
    return refuse(ErrorCode.TEAM_NO_PERMISSION);
  }
  const draft = createDraft(world, env);
  const change = changing(draft, world, env, team);
  change.leave([account.id]);
  if (change.team.members.size > 0) change.notify({ operation: TeamOperation.LEAVE, operatorId: account.id });
  change.finish(true);
  return accept({}, draft.events);
}

/** Whether the caller may remove a member: the owner, in an advanced team also a manager a normal member. */
function mayKick({ team, member }: Seat, userId: string): boolean {
  const other = team.members.get(userId);
  if (!other) return false;
  return team.type === TeamType.ADVANCED ? outranks(member, other) : member.type === TeamMemberType.OWNER;
}

/** Removes members. They see the notification that tells of it, and nothing later. */
export function decideKickUsers(
  world: World,
  command: { readonly teamId: string; readonly userIds: readonly string[] },
  { env, account }: CallContext,
): Decision<object> {
  const seat = seatOf(world, command.teamId, account.id);
  if ("refusal" in seat) return refuseBy(seat);
  const { team } = seat;
  const userIds = distinctAccounts(command.userIds);
  if (userIds.includes(account.id)) return refuse(ErrorCode.BAD_PARAMETER, "user_ids");
  if (!userIds.every((userId) => team.members.has(userId))) return refuse(ErrorCode.TEAM_NOT_MEMBER, "user_ids");
  if (!userIds.every((userId) => mayKick(seat, userId))) return refuse(ErrorCode.TEAM_NO_PERMISSION);

  const draft = createDraft(world, env);
  const change = changing(draft, world, env, team);
  change.notify({ operation: TeamOperation.KICK, operatorId: account.id, targetIds: userIds });
  change.leave(userIds);
  change.finish(true);
  return accept({}, draft.events);
}

/** Ends an advanced team. What was said stays readable for those who were in it. */
export function decideDismiss(world: World, teamId: string, { env, account }: CallContext): Decision<object> {
  const seat = advancedSeat(world, teamId, account.id);
  if ("refusal" in seat) return refuseBy(seat);
  if (seat.member.type !== TeamMemberType.OWNER) return refuse(ErrorCode.TEAM_NO_PERMISSION);
  const draft = createDraft(world, env);
  const change = changing(draft, world, env, seat.team);
  change.notify({ operation: TeamOperation.DISMISS, operatorId: account.id });
  change.emit({ type: "teamDismissed", teamId });
  change.leave([...seat.team.members.keys()]);
  change.finish(false);
  return accept({}, draft.events);
}
