import { ErrorCode, SystemMessageType, TeamOperation } from "@nimkit/sdk/protocol/enums";
import type {
  AcceptInviteWithTeamCommand,
  PassApplyToTeamCommand,
  RejectApplyToTeamCommand,
  RejectInviteWithTeamCommand,
} from "../../gen/commands.ts";
import { canonicalAccount } from "../account-id.ts";
import type { CallContext } from "../decide-table.ts";
import { createDraft } from "../event/draft.ts";
import { accept, type Decision, refuse } from "../outcome.ts";
import type { World } from "../world.ts";
import { isInTooMany, isTooSmallFor } from "./capacity.ts";
import { changing } from "./changing.ts";
import { tellRequest } from "./invite.ts";
import { advancedSeat, advancedTeam, isAuthority, type Refused, refuseBy, refused } from "./rights.ts";
import type { Team } from "./team.ts";

/** Whether something that was asked can still be answered. */
function isOpen(world: World, asked: number | undefined, now: number): boolean {
  const lifetime = world.policy.teamRequestLifetimeMs;
  return asked !== undefined && (lifetime === 0 || now - asked <= lifetime);
}

/** Why an account cannot come in: 809, 801, 806. */
function entryRefusal(world: World, team: Team, userId: string): ErrorCode | undefined {
  if (team.members.has(userId)) return ErrorCode.TEAM_ALREADY_MEMBER;
  if (isTooSmallFor(team, 1)) return ErrorCode.TEAM_MEMBER_LIMIT;
  return isInTooMany(world, userId) ? ErrorCode.TEAM_LIMIT : undefined;
}

/** An invitation that the caller may answer: 803, 805, 509. */
function openInvitation(
  world: World,
  command: { readonly teamId: string; readonly inviterId: string },
  { env, account }: CallContext,
): { readonly team: Team; readonly inviterId: string } | Refused {
  const team = advancedTeam(world, command.teamId);
  if ("refusal" in team) return team;
  const inviterId = canonicalAccount(command.inviterId);
  return isOpen(world, team.invitations.get(account.id)?.get(inviterId), env.now())
    ? { team, inviterId }
    : refused(ErrorCode.ALREADY_HANDLED);
}

/** The caller accepts an invitation; those of other members into this team are settled too. */
export function decideAcceptInvite(
  world: World,
  command: AcceptInviteWithTeamCommand,
  context: CallContext,
): Decision<object> {
  const invitation = openInvitation(world, command, context);
  if ("refusal" in invitation) return refuseBy(invitation);
  const { team, inviterId } = invitation;
  const { env, account } = context;
  const refusal = entryRefusal(world, team, account.id);
  if (refusal !== undefined) return refuse(refusal);

  const draft = createDraft(world, env);
  const change = changing(draft, world, env, team);
  for (const other of team.invitations.get(account.id)?.keys() ?? []) {
    change.emit({ type: "teamInvitationClosed", teamId: team.teamId, userId: account.id, inviterId: other });
  }
  change.join([account.id], { inviterId });
  change.notify({ operation: TeamOperation.ACCEPT_INVITE, operatorId: account.id, targetIds: [account.id] });
  change.finish(true);
  return accept({}, draft.events);
}

/** The caller turns an invitation down. */
export function decideRejectInvite(
  world: World,
  command: RejectInviteWithTeamCommand,
  context: CallContext,
): Decision<object> {
  const invitation = openInvitation(world, command, context);
  if ("refusal" in invitation) return refuseBy(invitation);
  const { inviterId } = invitation;
  const { teamId } = invitation.team;
  const { env, account } = context;
  const draft = createDraft(world, env);
  draft.emit({ type: "teamInvitationClosed", teamId, userId: account.id, inviterId });
  const { rejectReason: postscript } = command;
  const type = SystemMessageType.TEAM_INVITE_REJECT;
  tellRequest(draft, env, inviterId, { type, sourceId: account.id, teamId, postscript });
  return accept({}, draft.events);
}

/** An application that the caller may answer: 803, 804, 805, 802, 509. */
function openApplication(
  world: World,
  command: { readonly teamId: string; readonly userId: string },
  { env, account }: CallContext,
): { readonly team: Team; readonly userId: string } | Refused {
  const seat = advancedSeat(world, command.teamId, account.id);
  if ("refusal" in seat) return seat;
  const { team, member } = seat;
  if (!isAuthority(member)) return refused(ErrorCode.TEAM_NO_PERMISSION);
  const userId = canonicalAccount(command.userId);
  return isOpen(world, team.applications.get(userId), env.now())
    ? { team, userId }
    : refused(ErrorCode.ALREADY_HANDLED);
}

/** The owner or a manager lets an applicant in; the first answer counts (behaviour.md B.10). */
export function decidePassApply(world: World, command: PassApplyToTeamCommand, context: CallContext): Decision<object> {
  const application = openApplication(world, command, context);
  if ("refusal" in application) return refuseBy(application);
  const { team, userId } = application;
  const refusal = entryRefusal(world, team, userId);
  if (refusal !== undefined) return refuse(refusal);

  const { env, account } = context;
  const draft = createDraft(world, env);
  const change = changing(draft, world, env, team);
  change.emit({ type: "teamApplicationClosed", teamId: team.teamId, userId });
  change.join([userId]);
  change.notify({ operation: TeamOperation.PASS_APPLY, operatorId: account.id, targetIds: [userId] });
  change.finish(true);
  return accept({}, draft.events);
}

/** The owner or a manager turns an applicant down. */
export function decideRejectApply(
  world: World,
  command: RejectApplyToTeamCommand,
  context: CallContext,
): Decision<object> {
  const application = openApplication(world, command, context);
  if ("refusal" in application) return refuseBy(application);
  const { team, userId } = application;
  if (team.members.has(userId)) return refuse(ErrorCode.TEAM_ALREADY_MEMBER);

  const { env, account } = context;
  const draft = createDraft(world, env);
  const { teamId } = team;
  draft.emit({ type: "teamApplicationClosed", teamId, userId });
  const { rejectReason: postscript } = command;
  const type = SystemMessageType.TEAM_APPLY_REJECT;
  tellRequest(draft, env, userId, { type, sourceId: account.id, teamId, postscript });
  return accept({}, draft.events);
}
