import { ErrorCode, TeamMemberType, TeamOperation } from "@nimkit/sdk/protocol/enums";
import type { TransferManagerWithTeamCommand } from "../../gen/commands.ts";
import { canonicalAccount } from "../account-id.ts";
import type { CallContext } from "../decide-table.ts";
import { createDraft } from "../event/draft.ts";
import { accept, type Decision, refuse } from "../outcome.ts";
import { planOf } from "../policy.ts";
import type { World } from "../world.ts";
import { changing } from "./changing.ts";
import { advancedSeat, distinctAccounts, type Refused, refuseBy, refused, type Seat } from "./rights.ts";

/** The seat of the owner of an advanced team: 803, 804, 805, 802. */
function ownerSeat(world: World, teamId: string, account: string): Seat | Refused {
  const seat = advancedSeat(world, teamId, account);
  if ("refusal" in seat || seat.member.type === TeamMemberType.OWNER) return seat;
  return refused(ErrorCode.TEAM_NO_PERMISSION);
}

/** Makes members managers; who is one already stays one (behaviour.md B.10). */
export function decideAddManagers(
  world: World,
  command: { readonly teamId: string; readonly userIds: readonly string[] },
  { env, account }: CallContext,
): Decision<object> {
  const seat = ownerSeat(world, command.teamId, account.id);
  if ("refusal" in seat) return refuseBy(seat);
  const { team } = seat;
  const userIds = distinctAccounts(command.userIds);
  const types = userIds.map((userId) => team.members.get(userId)?.type);
  if (types.includes(undefined)) return refuse(ErrorCode.TEAM_NOT_MEMBER, "user_ids");
  if (types.includes(TeamMemberType.OWNER)) return refuse(ErrorCode.TEAM_MEMBER_STATE, "user_ids");
  const fresh = userIds.filter((userId) => team.members.get(userId)?.type === TeamMemberType.NORMAL);
  const limit = planOf(world.policy).teamManagers;
  const managers = [...team.members.values()].filter(({ type }) => type === TeamMemberType.MANAGER).length;
  if (limit > 0 && managers + fresh.length > limit) return refuse(ErrorCode.TEAM_MANAGER_LIMIT);
  if (fresh.length === 0) return accept({});

  const draft = createDraft(world, env);
  const change = changing(draft, world, env, team);
  for (const userId of fresh) change.setMember(userId, { type: TeamMemberType.MANAGER });
  change.notify({ operation: TeamOperation.ADD_MANAGER, operatorId: account.id, targetIds: fresh });
  change.finish(true);
  return accept({}, draft.events);
}

/** Makes managers normal members. */
export function decideRemoveManagers(
  world: World,
  command: { readonly teamId: string; readonly userIds: readonly string[] },
  { env, account }: CallContext,
): Decision<object> {
  const seat = ownerSeat(world, command.teamId, account.id);
  if ("refusal" in seat) return refuseBy(seat);
  const { team } = seat;
  const userIds = distinctAccounts(command.userIds);
  const types = userIds.map((userId) => team.members.get(userId)?.type);
  if (types.includes(undefined)) return refuse(ErrorCode.TEAM_NOT_MEMBER, "user_ids");
  if (types.some((type) => type !== TeamMemberType.MANAGER)) return refuse(ErrorCode.TEAM_MEMBER_STATE, "user_ids");

  const draft = createDraft(world, env);
  const change = changing(draft, world, env, team);
  for (const userId of userIds) change.setMember(userId, { type: TeamMemberType.NORMAL });
  change.notify({ operation: TeamOperation.REMOVE_MANAGER, operatorId: account.id, targetIds: userIds });
  change.finish(true);
  return accept({}, draft.events);
}

/** Gives the team to another member; the old owner becomes a normal one, or leaves. */
export function decideTransfer(
  world: World,
  command: TransferManagerWithTeamCommand,
  { env, account }: CallContext,
): Decision<object> {
  const seat = ownerSeat(world, command.teamId, account.id);
  if ("refusal" in seat) return refuseBy(seat);
  const newOwner = canonicalAccount(command.newOwnerId);
  if (newOwner === account.id) return refuse(ErrorCode.BAD_PARAMETER, "new_owner_id");
  if (!seat.team.members.has(newOwner)) return refuse(ErrorCode.TEAM_NOT_MEMBER, "new_owner_id");

  const draft = createDraft(world, env);
  const change = changing(draft, world, env, seat.team);
  change.set({ owner: newOwner });
  change.setMember(account.id, { type: TeamMemberType.NORMAL });
  // An owner cannot be muted, so whoever becomes one may speak.
  change.setMember(newOwner, { type: TeamMemberType.OWNER, muted: false });
  change.notify({ operation: TeamOperation.TRANSFER_OWNER, operatorId: account.id, targetIds: [newOwner] });
  if (command.isLeave) {
    change.leave([account.id]);
    change.notify({ operation: TeamOperation.LEAVE, operatorId: account.id });
  }
  change.finish(true);
  return accept({}, draft.events);
}
