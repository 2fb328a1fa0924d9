import { TeamJoinMode, TeamMemberType, TeamType } from "@nimkit/sdk/protocol/enums";
import fc from "fast-check";
import { expect } from "vitest";
import { apply } from "../../src/engine/apply.ts";
import type { Actor } from "../../src/engine/entry.ts";
import { digest } from "../../src/engine/snapshot.ts";
import { emptyWorld } from "../../src/engine/world.ts";
import { codeOf, type TestBackend } from "./kit.ts";
import { creation, session, TEAM, type TeamStage } from "./team-kit.ts";

const USERS = ["1001", "1002", "1003", "1004", "1005"] as const;
// The owner is at the other end of most of what happens in a team.
const user = fc.constantFrom("1001", "1001", ...USERS);

/** What one user tries to do to another in the team; most of it is refused, which must change nothing. */
const DEEDS = {
  invite: (b, actor, userId) => b.execute("team.addUsers", { teamId: TEAM, userIds: [userId] }, actor),
  accept: (b, actor, inviterId) => b.execute("team.acceptInviteWithTeam", { teamId: TEAM, inviterId }, actor),
  decline: (b, actor, inviterId) => b.execute("team.rejectInviteWithTeam", { teamId: TEAM, inviterId }, actor),
  apply: (b, actor) => b.execute("team.applyToTeam", { teamId: TEAM }, actor),
  pass: (b, actor, userId) => b.execute("team.passApplyToTeam", { teamId: TEAM, userId }, actor),
  turnDown: (b, actor, userId) => b.execute("team.rejectApplyToTeam", { teamId: TEAM, userId }, actor),
  promote: (b, actor, userId) => b.execute("team.addManagersToTeam", { teamId: TEAM, userIds: [userId] }, actor),
  demote: (b, actor, userId) => b.execute("team.removeManagersFromTeam", { teamId: TEAM, userIds: [userId] }, actor),
  transfer: (b, actor, newOwnerId) =>
    b.execute("team.transferManagerWithTeam", { teamId: TEAM, newOwnerId, isLeave: false }, actor),
  handOver: (b, actor, newOwnerId) =>
    b.execute("team.transferManagerWithTeam", { teamId: TEAM, newOwnerId, isLeave: true }, actor),
  kick: (b, actor, userId) => b.execute("team.kickUsers", { teamId: TEAM, userIds: [userId] }, actor),
  quit: (b, actor) => b.execute("team.quitTeam", { teamId: TEAM }, actor),
  mute: (b, actor, userId) => b.execute("team.updateMuteStateByUserId", { teamId: TEAM, userId, mute: true }, actor),
  muteAll: (b, actor) => b.execute("team.updateMuteStateByAll", { teamId: TEAM, mute: true }, actor),
  close: (b, actor) => b.execute("team.updateTeamJoinMode", { teamId: TEAM, joinMode: TeamJoinMode.NEED_AUTH }, actor),
  speak: (b, actor) => b.text(actor, TEAM, "hello", session(TEAM)),
  found: (b, actor, userId) => b.execute("team.createTeam", creation([userId], { type: TeamType.NORMAL }), actor),
  dismiss: (b, actor) => b.execute("team.dismissTeam", { teamId: TEAM }, actor),
} satisfies Record<string, (b: TestBackend, actor: Actor, other: string) => unknown>;

/** Something that a user does in a team. */
export type Deed = keyof typeof DEEDS;
/** All that they do. */
export const deeds = Object.keys(DEEDS) as readonly Deed[];

/** Steps that need one another come often; the end of the team, after which all is refused, comes seldom. */
const WEIGHTS: Partial<Record<Deed, number>> = {
  invite: 12,
  accept: 12,
  close: 8,
  apply: 12,
  pass: 12,
  promote: 8,
  demote: 8,
  dismiss: 1,
};
const deed = fc.oneof(
  ...(Object.keys(DEEDS) as Deed[]).map((name) => ({ weight: WEIGHTS[name] ?? 3, arbitrary: fc.constant(name) })),
);

/** Who is in, as the server says; undefined after the end. */
function membersOf(b: TestBackend, actors: readonly Actor[]): ReadonlyMap<string, TeamMemberType> | undefined {
  for (const actor of actors) {
    if (!b.execute("team.isMyTeam", { teamId: TEAM }, actor).isMyTeam) continue;
    const { members } = b.execute("team.fetchTeamMembers", { teamId: TEAM }, actor);
    const { team } = b.execute("team.fetchTeamInfo", { teamId: TEAM }, actor);
    expect(team.memberNumber).toBe(members.length);
    expect(members.filter(({ type }) => type === TeamMemberType.OWNER).map(({ userId }) => userId)).toEqual([
      team.owner,
    ]);
    return new Map(members.map(({ userId, type }) => [userId, type]));
  }
  return undefined;
}

/**
 * P6: an advanced team has one owner and as many members as rows, a refusal changes nothing, and only members hear what is
 * said. `see` is told of each deed that was allowed.
 */
export const teamProperty = (open: () => TeamStage, see: (deed: Deed) => void = () => undefined) =>
  fc.property(fc.array(fc.tuple(user, deed, user), { maxLength: 60, size: "max" }), (script) => {
    const { b, ann, ben, cleo, dora, eve } = open();
    const actors = [ann, ben, cleo, dora, eve];
    const ids = new Set<string>();
    for (const [who, what, whom] of script) {
      const actor = actors[USERS.indexOf(who)] ?? ann;
      const before = membersOf(b, actors);
      const begin = b.journal.length;
      const world = b.control.digest();
      const code = codeOf(() => DEEDS[what](b, actor, whom));
      if (code === undefined) see(what);
      else expect(b.control.digest()).toBe(world);
      const after = membersOf(b, actors);
      for (const event of b.journal.slice(begin)) {
        if (event.type === "systemMessageStored") {
          expect(ids).not.toContain(event.stored.message.messageId);
          ids.add(event.stored.message.messageId);
        }
        if (event.type !== "delivered" || event.event.payload.case !== "message") continue;
        if (event.event.payload.value.messages[0]?.sessionId !== TEAM) continue;
        // Who hears of it is in, or was until this very call.
        expect(before?.has(event.account) || after?.has(event.account)).toBe(true);
      }
    }
    const folded = emptyWorld();
    for (const event of b.journal) apply(folded, event);
    expect(digest(folded)).toBe(b.control.digest());
  });
