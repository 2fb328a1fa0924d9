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
import type { Team, TeamMember } from "./team.ts";

/** The seat of the owner of an advanced team: 803, 804, 805, 802. */
function ownerSeat(world: World, teamId: string, account: string): Seat | Refused {
  const seat = advancedSeat(world, teamId, account);
  if ("refusal" in seat || seat.member.type === TeamMemberType.OWNER) return seat;
  return refused(ErrorCode.TEAM_NO_PERMISSION);
}

/** Members that the owner names: 803, 804, 805, 802, and 804 for who is none. */
function namedByOwner(
  world: World,
  command: { readonly teamId: string; readonly userIds: readonly string[] },
  account: string,
): { readonly team: Team; readonly named: ReadonlyMap<string, TeamMember> } | Refused {
  const seat = ownerSeat(world, command.teamId, account);
  if ("refusal" in seat) return seat;
  const named = new Map<string, TeamMember>();
  for (const userId of distinctAccounts(command.userIds)) {
    const member = seat.team.members.get(userId);
    if (!member) return refused(ErrorCode.TEAM_NOT_MEMBER, "user_ids");
    named.set(userId, member);
  }
  return { team: seat.team, named };
}

/** Gives members a role and tells of it. */
function giveRole(
  world: World,
  { env, account }: CallContext,
  team: Team,
  userIds: readonly string[],
  type: TeamMemberType,
  operation: TeamOperation,
): Decision<object> {
  const draft = createDraft(world, env);
  const change = changing(draft, world, env, team);
  for (const userId of userIds) change.setMember(userId, { type });
  change.notify({ operation, operatorId: account.id, targetIds: userIds });
  change.finish(true);
  return accept({}, draft.events);
}

const isManager = ({ type }: TeamMember): boolean => type === TeamMemberType.MANAGER;

/** Makes members managers; who is one already stays one (behaviour.md B.10). */
export function decideAddManagers(
  world: World,
  command: { readonly teamId: string; readonly userIds: readonly string[] },
  context: CallContext,
): Decision<object> {
  const found = namedByOwner(world, command, context.account.id);
  if ("refusal" in found) return refuseBy(found);
  const { team, named } = found;
  if ([...named.values()].some(({ type }) => type === TeamMemberType.OWNER)) {
    return refuse(ErrorCode.TEAM_MEMBER_STATE, "user_ids");
  }
  const fresh = [...named].flatMap(([userId, member]) => (isManager(member) ? [] : [userId]));
  const limit = planOf(world.policy).teamManagers;
  const managers = [...team.members.values()].filter(isManager).length;
  if (limit > 0 && managers + fresh.length > limit) return refuse(ErrorCode.TEAM_MANAGER_LIMIT);
  if (fresh.length === 0) return accept({});
  return giveRole(world, context, team, fresh, TeamMemberType.MANAGER, TeamOperation.ADD_MANAGER);
}

/** Makes managers normal members. */
export function decideRemoveManagers(
  world: World,
  command: { readonly teamId: string; readonly userIds: readonly string[] },
  context: CallContext,
): Decision<object> {
  const found = namedByOwner(world, command, context.account.id);
  if ("refusal" in found) return refuseBy(found);
  const { team, named } = found;
  if (![...named.values()].every(isManager)) return refuse(ErrorCode.TEAM_MEMBER_STATE, "user_ids");
  return giveRole(world, context, team, [...named.keys()], TeamMemberType.NORMAL, TeamOperation.REMOVE_MANAGER);
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
