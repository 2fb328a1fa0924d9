import { ErrorCode, TeamMemberType, TeamType, TeamUpdateInfoMode } from "@nimkit/sdk/protocol/enums";
import { canonicalAccount } from "../account-id.ts";
import { type Refusal, refuse } from "../outcome.ts";
import type { World } from "../world.ts";
import type { Team, TeamMember } from "./team.ts";

/** A team and the member of it who calls. */
export interface Seat {
  readonly team: Team;
  readonly member: TeamMember;
}

/** A check that failed. */
export interface Refused {
  readonly refusal: Refusal;
}

/** Refuses with what a check found. */
export const refuseBy = ({ refusal }: Refused) => refuse(refusal.code, refusal.field);

/** A failed check. */
export const refused = (code: ErrorCode, field?: string): Refused => ({
  refusal: field === undefined ? { code } : { code, field },
});

/** A team that is still there, whoever asks: 803. */
export function livingTeam(world: World, teamId: string): Team | Refused {
  const team = world.teams.get(teamId);
  return team && !team.dismissed ? team : refused(ErrorCode.TEAM_NOT_FOUND, "team_id");
}

/** The caller's seat in a team: 803 without a team, 804 for a stranger. */
export function seatOf(world: World, teamId: string, account: string): Seat | Refused {
  const team = livingTeam(world, teamId);
  if ("refusal" in team) return team;
  const member = team.members.get(account);
  return member ? { team, member } : refused(ErrorCode.TEAM_NOT_MEMBER, "team_id");
}

/** The same in an advanced team: 805 in a normal one. */
export function advancedSeat(world: World, teamId: string, account: string): Seat | Refused {
  const seat = seatOf(world, teamId, account);
  if ("refusal" in seat || seat.team.type === TeamType.ADVANCED) return seat;
  return refused(ErrorCode.TEAM_TYPE_MISMATCH, "team_id");
}

/** An advanced team, whoever asks: 803, 805. */
export function advancedTeam(world: World, teamId: string): Team | Refused {
  const team = livingTeam(world, teamId);
  if ("refusal" in team || team.type === TeamType.ADVANCED) return team;
  return refused(ErrorCode.TEAM_TYPE_MISMATCH, "team_id");
}

/** Whether a member runs the team: its owner or a manager. */
export const isAuthority = ({ type }: TeamMember): boolean =>
  type === TeamMemberType.OWNER || type === TeamMemberType.MANAGER;

/** Whether a member has power over another: the owner over all others, a manager over normal members (behaviour.md B.10). */
export function outranks(member: TeamMember, other: TeamMember): boolean {
  if (member.type === TeamMemberType.OWNER) return other.type !== TeamMemberType.OWNER;
  return member.type === TeamMemberType.MANAGER && other.type === TeamMemberType.NORMAL;
}

/** Whether a member may change the information of an advanced team. */
export const mayUpdate = ({ team, member }: Seat): boolean =>
  team.updateInfoMode === TeamUpdateInfoMode.ALL || isAuthority(member);

/** Accounts as they are kept, each once. */
export const distinctAccounts = (userIds: readonly string[]): readonly string[] => [
  ...new Set(userIds.map(canonicalAccount)),
];
