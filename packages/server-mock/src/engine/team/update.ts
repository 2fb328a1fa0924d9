import { ErrorCode, TeamMuteMode, TeamOperation, TeamType, TeamUpdateTag } from "@nimkit/sdk/protocol/enums";
import type { CallContext } from "../decide-table.ts";
import { createDraft } from "../event/draft.ts";
import { accept, type Decision, refuse } from "../outcome.ts";
import type { World } from "../world.ts";
import { changing } from "./changing.ts";
import type { TeamChange } from "./journal.ts";
import { advancedSeat, isAuthority, mayUpdate, type Refused, refuseBy, refused, type Seat, seatOf } from "./rights.ts";

/** Changes a setting and tells all members. */
function update(
  world: World,
  { env, account }: CallContext,
  { team }: Seat,
  tag: TeamUpdateTag,
  change: TeamChange,
): Decision<object> {
  const draft = createDraft(world, env);
  const changed = changing(draft, world, env, team);
  changed.set(change);
  changed.notify({ operation: TeamOperation.UPDATE_INFO, operatorId: account.id, updated: [tag] });
  changed.finish(true);
  return accept({}, draft.events);
}

/** A rule that changes one setting of an advanced team. */
type UpdateRule = (
  world: World,
  teamId: string,
  tag: TeamUpdateTag,
  change: TeamChange,
  context: CallContext,
) => Decision<object>;

const updateBy =
  (may: (seat: Seat) => boolean): UpdateRule =>
  (world, teamId, tag, change, context) => {
    const seat = advancedSeat(world, teamId, context.account.id);
    if ("refusal" in seat) return refuseBy(seat);
    return may(seat) ? update(world, context, seat, tag, change) : refuse(ErrorCode.TEAM_NO_PERMISSION);
  };

/** Changes the information of an advanced team: by whom its update_info_mode says (behaviour.md B.10). */
export const decideUpdateInfo = updateBy(mayUpdate);

/** Changes a mode of an advanced team: for its owner and managers. */
export const decideUpdateMode = updateBy(({ member }) => isAuthority(member));

/** Renames a team; in a normal one the policy says who may. */
export function decideUpdateName(
  world: World,
  command: { readonly teamId: string; readonly teamName: string },
  context: CallContext,
): Decision<object> {
  const seat = seatOf(world, command.teamId, context.account.id);
  if ("refusal" in seat) return refuseBy(seat);
  const refusal = renameRefusal(world, seat, context.account.id);
  if (refusal) return refuseBy(refusal);
  return update(world, context, seat, TeamUpdateTag.NAME, { teamName: command.teamName });
}

function renameRefusal(world: World, seat: Seat, account: string): Refused | undefined {
  const { normalTeamRename } = world.policy;
  if (seat.team.type === TeamType.ADVANCED) {
    return mayUpdate(seat) ? undefined : refused(ErrorCode.TEAM_NO_PERMISSION);
  }
  if (normalTeamRename === "nobody") return refused(ErrorCode.TEAM_TYPE_MISMATCH, "team_id");
  if (normalTeamRename === "owner" && seat.team.owner !== account) return refused(ErrorCode.TEAM_NO_PERMISSION);
  return undefined;
}

/** Forbids all normal members to speak, or lifts that. */
export function decideMuteAll(world: World, teamId: string, mute: boolean, context: CallContext): Decision<object> {
  const muteMode = mute ? TeamMuteMode.NORMAL_MEMBERS : TeamMuteMode.NONE;
  return decideUpdateMode(world, teamId, TeamUpdateTag.MUTE_MODE, { muteMode }, context);
}
