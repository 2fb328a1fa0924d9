import { ErrorCode, type TeamNotifyType, TeamOperation } from "@nimkit/sdk/protocol/enums";
import type { QueryTeamMemberByUserIdReply } from "../../gen/commands.ts";
import { canonicalAccount } from "../account-id.ts";
import type { CallContext } from "../decide-table.ts";
import { createDraft } from "../event/draft.ts";
import { accept, type Decision, refuse } from "../outcome.ts";
import type { World } from "../world.ts";
import { changing } from "./changing.ts";
import { advancedSeat, outranks, refuseBy, seatOf } from "./rights.ts";
import { memberData, teamUpdated } from "./team-data.ts";

/** One member, for other members. */
export function decideQueryMember(
  world: World,
  command: { readonly teamId: string; readonly userId: string },
  { account }: CallContext,
): Decision<QueryTeamMemberByUserIdReply> {
  const seat = seatOf(world, command.teamId, account.id);
  if ("refusal" in seat) return refuseBy(seat);
  const userId = canonicalAccount(command.userId);
  const member = seat.team.members.get(userId);
  if (!member) return refuse(ErrorCode.TEAM_NOT_MEMBER, "user_id");
  return accept({ member: memberData(seat.team, userId, member, account.id) });
}

/** Gives a member a name in the team: the owner anybody, a manager normal members, everybody himself; empty takes it away. */
export function decideNick(
  world: World,
  command: { readonly teamId: string; readonly userId: string; readonly nickname: string },
  { env, account }: CallContext,
): Decision<object> {
  const seat = advancedSeat(world, command.teamId, account.id);
  if ("refusal" in seat) return refuseBy(seat);
  const { team, member } = seat;
  const { teamId } = team;
  const userId = canonicalAccount(command.userId);
  const other = team.members.get(userId);
  if (!other) return refuse(ErrorCode.TEAM_NOT_MEMBER, "user_id");
  if (userId !== account.id && !outranks(member, other)) return refuse(ErrorCode.TEAM_NO_PERMISSION);
  const { nickname: _, ...nameless } = other;
  const named = command.nickname === "" ? nameless : { ...other, nickname: command.nickname };
  const draft = createDraft(world, env);
  draft.emit({ type: "teamMemberChanged", teamId, userId, member: named });
  return accept({}, draft.events);
}

/** Forbids a member to speak, or lifts that: the owner all others, a manager normal members. */
export function decideMuteMember(
  world: World,
  command: { readonly teamId: string; readonly userId: string; readonly mute: boolean },
  { env, account }: CallContext,
): Decision<object> {
  const seat = advancedSeat(world, command.teamId, account.id);
  if ("refusal" in seat) return refuseBy(seat);
  const { team, member } = seat;
  const userId = canonicalAccount(command.userId);
  const other = team.members.get(userId);
  if (!other) return refuse(ErrorCode.TEAM_NOT_MEMBER, "user_id");
  if (!outranks(member, other)) return refuse(ErrorCode.TEAM_NO_PERMISSION);
  const { mute: muted } = command;
  if (other.muted === muted) return accept({});
  const draft = createDraft(world, env);
  const change = changing(draft, world, env, team);
  change.setMember(userId, { muted });
  change.notify({ operation: TeamOperation.MUTE_MEMBER, operatorId: account.id, targetIds: [userId], muted });
  change.finish(false);
  return accept({}, draft.events);
}

/** Sets which messages of the team notify the caller; only his own devices are told. */
export function decideNotifyState(
  world: World,
  command: { readonly teamId: string; readonly notifyType: TeamNotifyType },
  { env, account }: CallContext,
): Decision<object> {
  const seat = seatOf(world, command.teamId, account.id);
  if ("refusal" in seat) return refuseBy(seat);
  const draft = createDraft(world, env);
  const change = changing(draft, world, env, seat.team);
  change.setMember(account.id, { notifyType: command.notifyType });
  draft.deliver(account.id, teamUpdated(change.team, account.id));
  return accept({}, draft.events);
}
