import { ErrorCode, SystemMessageType, TeamJoinMode, TeamOperation } from "@nimkit/sdk/protocol/enums";
import type { ApplyToTeamCommand, ApplyToTeamReply } from "../../gen/commands.ts";
import type { CallContext } from "../decide-table.ts";
import { createDraft } from "../event/draft.ts";
import { accept, type Decision, refuse } from "../outcome.ts";
import type { World } from "../world.ts";
import { isInTooMany, isTooSmallFor } from "./capacity.ts";
import { changing } from "./changing.ts";
import { tellRequest } from "./invite.ts";
import { advancedTeam, isAuthority, refuseBy } from "./rights.ts";

/** Asks to join: comes in at once, waits for the owner or a manager (808), or is refused (behaviour.md B.10). */
export function decideApply(
  world: World,
  command: ApplyToTeamCommand,
  { env, account }: CallContext,
): Decision<ApplyToTeamReply> {
  const team = advancedTeam(world, command.teamId);
  if ("refusal" in team) return refuseBy(team);
  const { teamId } = team;
  if (team.members.has(account.id)) return refuse(ErrorCode.TEAM_ALREADY_MEMBER);
  if (team.joinMode === TeamJoinMode.REJECT_ALL) return refuse(world.policy.teamApplyRefusal);
  if (isTooSmallFor(team, 1)) return refuse(ErrorCode.TEAM_MEMBER_LIMIT);
  if (isInTooMany(world, account.id)) return refuse(ErrorCode.TEAM_LIMIT);

  const draft = createDraft(world, env);
  const change = changing(draft, world, env, team);
  if (team.joinMode === TeamJoinMode.NO_AUTH) {
    change.join([account.id]);
    change.notify({ operation: TeamOperation.PASS_APPLY, operatorId: account.id, targetIds: [account.id] });
    change.finish(true);
    return accept({ pending: false }, draft.events);
  }
  change.emit({ type: "teamApplied", teamId, userId: account.id, time: env.now() });
  const { postscript } = command;
  for (const [userId, member] of team.members) {
    if (!isAuthority(member)) continue;
    const type = SystemMessageType.TEAM_APPLY;
    tellRequest(draft, env, userId, { type, sourceId: account.id, teamId, postscript });
  }
  return accept({ pending: true }, draft.events);
}
