import type { TeamOnlyEvent, TeamStart } from "./journal.ts";
import type { Team, TeamSettings } from "./team.ts";

/** A team without members. */
export function newTeam(start: TeamStart): Team {
  return {
    ...start,
    dismissed: false,
    members: new Map(),
    invitations: new Map(),
    applications: new Map(),
    lastRows: new Map(),
    quietJoins: [],
  };
}

/** A copy to try changes on. */
export function copyOfTeam(team: Team): Team {
  return {
    ...team,
    members: new Map(team.members),
    invitations: new Map(Array.from(team.invitations, ([userId, inviters]) => [userId, new Map(inviters)])),
    applications: new Map(team.applications),
    lastRows: new Map(team.lastRows),
  };
}

/** Folds a fact into a team: the world's own, or the copy on which a decision sees what it brings about. */
export function evolveTeam(team: Team, event: TeamOnlyEvent): void {
  switch (event.type) {
    case "teamChanged":
      Object.assign(team, settingsOf(event.change));
      return;
    case "teamMemberChanged":
      team.members.set(event.userId, event.member);
      return;
    case "teamDismissed":
      team.dismissed = true;
      team.invitations.clear();
      team.applications.clear();
      team.quietJoins = [];
      return;
    case "teamQuietlyJoined":
      team.quietJoins = [...team.quietJoins, event.join];
      return;
    case "teamQuietJoinsTold":
      team.quietJoins = [];
      return;
    case "teamInvited": {
      const inviters = team.invitations.get(event.userId) ?? new Map<string, number>();
      team.invitations.set(event.userId, inviters.set(event.inviterId, event.time));
      return;
    }
    case "teamInvitationClosed": {
      const inviters = team.invitations.get(event.userId);
      inviters?.delete(event.inviterId);
      if (inviters?.size === 0) team.invitations.delete(event.userId);
      return;
    }
    case "teamApplied":
      team.applications.set(event.userId, event.time);
      return;
    case "teamApplicationClosed":
      team.applications.delete(event.userId);
      return;
    case "teamJoined":
      for (const { userId, member } of event.joiners) {
        team.members.set(userId, member);
        team.lastRows.delete(userId);
      }
      return;
    case "teamLeft":
      for (const { userId, lastRow } of event.leavers) {
        team.members.delete(userId);
        team.lastRows.set(userId, lastRow);
        // What he was offered before is void: he comes back by a new invitation or application only.
        team.invitations.delete(userId);
        team.applications.delete(userId);
        if (team.owner === userId) team.owner = undefined;
      }
  }
}

/** An empty text is no text. */
function settingsOf(change: Partial<TeamSettings>): Partial<TeamSettings> {
  return Object.fromEntries(Object.entries(change).map(([key, value]) => [key, value === "" ? undefined : value]));
}
