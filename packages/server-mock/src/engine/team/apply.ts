import type { Appliers } from "../journal.ts";
import { addMessage } from "../message/apply.ts";
import { newView, teamKey } from "../message/conversation.ts";
import type { World } from "../world.ts";
import { evolveTeam, newTeam } from "./evolve.ts";
import type { TeamEvent, TeamOnlyEvent } from "./journal.ts";

/** Folds facts about teams into the world. */
export const teamAppliers: Appliers<TeamEvent> = {
  teamCreated(world, { team }) {
    world.teams.set(team.teamId, newTeam(team));
  },
  teamJoined(world, event) {
    evolve(world, event);
    for (const { userId, joinedSeq } of event.joiners) openView(world, event.teamId, userId, joinedSeq);
  },
  teamLeft(world, event) {
    evolve(world, event);
    for (const { userId } of event.leavers) {
      const view = world.accounts.get(userId)?.views.get(teamKey(event.teamId));
      if (view) view.leftSeq = event.leftSeq;
    }
  },
  teamNotified(world, { key, message }) {
    addMessage(world, key, message);
  },
  teamChanged: evolve,
  teamMemberChanged: evolve,
  teamDismissed: evolve,
  teamQuietlyJoined: evolve,
  teamQuietJoinsTold: evolve,
  teamInvited: evolve,
  teamInvitationClosed: evolve,
  teamApplied: evolve,
  teamApplicationClosed: evolve,
};

function evolve(world: World, event: TeamOnlyEvent): void {
  const team = world.teams.get(event.teamId);
  if (!team) throw new Error(`journal names an unknown team ${event.teamId}`);
  evolveTeam(team, event);
}

/** Who joins sees what follows; who comes back also what he saw before. */
function openView(world: World, teamId: string, userId: string, joinedSeq: number): void {
  const views = world.accounts.get(userId)?.views;
  const known = views?.get(teamKey(teamId));
  if (!known) {
    views?.set(teamKey(teamId), newView(joinedSeq));
    return;
  }
  if (known.leftSeq !== undefined) {
    known.earlier = [...known.earlier, { joinedSeq: known.joinedSeq, leftSeq: known.leftSeq }];
  }
  known.joinedSeq = joinedSeq;
  known.leftSeq = undefined;
}
