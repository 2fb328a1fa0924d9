import { TeamMemberType, TeamNotifyType, TeamOperation } from "@nimkit/sdk/protocol/enums";
import type { EventData } from "../../gen/commands.ts";
import type { Env } from "../env.ts";
import type { Draft } from "../event/draft.ts";
import { teamAdded, teamRemoved } from "../event/relations.ts";
import { newConversation, teamKey } from "../message/conversation.ts";
import { messageData } from "../message/message-data.ts";
import type { World } from "../world.ts";
import { copyOfTeam, evolveTeam } from "./evolve.ts";
import type { TeamChange, TeamOnlyEvent } from "./journal.ts";
import { notificationMessage, type TeamNote } from "./notification.ts";
import type { Team, TeamMember } from "./team.ts";
import { teamData, teamUpdated } from "./team-data.ts";

/** A decision about a team in the making. Each step sees what the ones before it brought about. */
export interface ChangingTeam {
  /** The team as it will be. */
  readonly team: Team;
  /** Messages of the conversation, those of this decision included. */
  readonly length: () => number;
  /** Time of the newest message, those of this decision included. */
  readonly lastTime: () => number;
  /** Adds a fact about the team. */
  emit(event: TeamOnlyEvent): void;
  /** Changes settings; an empty text clears. */
  set(change: TeamChange): void;
  /** Changes a member. */
  setMember(userId: string, change: Partial<TeamMember>): void;
  /** Lets accounts in. They see what is said from now on; `from` moves that by messages that are still to come. */
  join(userIds: readonly string[], as?: Partial<TeamMember>, from?: number): void;
  /** Lets members go. They see everything up to now. */
  leave(userIds: readonly string[]): void;
  /** Stores a notification for all members but one. Joins that waited for the next message come before it. */
  notify(note: TeamNote, except?: string): void;
  /** Keeps a join back until the next message. */
  joinQuietly(operatorId: string, userIds: readonly string[]): void;
  /** Tells of the joins that were kept back. */
  tellQuietJoins(): void;
  /** Tells the devices: who is in or out, then messages, then the team as it is now if members should see a change. */
  finish(isUpdated: boolean): void;
}

/** Begins a decision about a team. */
export function changing(draft: Draft, world: World, env: Env, before: Team): ChangingTeam {
  const team = copyOfTeam(before);
  const { teamId } = team;
  const key = teamKey(teamId);
  const conversation = world.conversations.get(key) ?? newConversation(key);
  let seq = conversation.messages.length;
  let lastTime = conversation.lastTime;
  const told: { readonly event: EventData; readonly readers: readonly string[] }[] = [];
  const joined = new Set<string>();
  const left = new Map<string, EventData>();
  const woken = new Set<string>();

  const emit = (event: TeamOnlyEvent): void => {
    evolveTeam(team, event);
    draft.emit(event);
  };
  const store = (note: TeamNote, except?: string): void => {
    seq += 1;
    lastTime = Math.max(env.now(), lastTime + 1);
    const message = notificationMessage(env, note, seq, lastTime);
    draft.emit({ type: "teamNotified", key, message });
    const messages = [messageData(conversation, message, note.operatorId)];
    const readers = [...team.members.keys()].filter((userId) => userId !== except);
    told.push({ event: { payload: { case: "message", value: { messages } } }, readers });
  };
  const tellQuietJoins = (): void => {
    const { quietJoins } = team;
    if (quietJoins.length === 0) return;
    emit({ type: "teamQuietJoinsTold", teamId });
    for (const { operatorId, userIds } of quietJoins) {
      store({ operation: TeamOperation.INVITE, operatorId, targetIds: userIds });
      for (const userId of userIds) if (team.members.has(userId)) woken.add(userId);
    }
  };

  return {
    team,
    length: () => seq,
    lastTime: () => lastTime,
    emit,
    set: (change) => emit({ type: "teamChanged", teamId, change }),
    setMember(userId, change) {
      const member = team.members.get(userId);
      if (member) emit({ type: "teamMemberChanged", teamId, userId, member: { ...member, ...change } });
    },
    join(userIds, as = {}, from = 0) {
      const member: TeamMember = {
        type: TeamMemberType.NORMAL,
        joinTime: env.now(),
        muted: false,
        notifyType: TeamNotifyType.ALL,
        ...as,
      };
      emit({
        type: "teamJoined",
        teamId,
        joiners: userIds.map((userId) => ({ userId, member, joinedSeq: seq + from })),
      });
      for (const userId of userIds) joined.add(userId);
    },
    leave(userIds) {
      const leavers = userIds.map((userId) => ({ userId, lastRow: { ...teamData(team, userId), valid: false } }));
      emit({ type: "teamLeft", teamId, leftSeq: seq, leavers });
      for (const { userId, lastRow } of leavers) {
        left.set(userId, { payload: { case: "teamRemoved", value: { team: lastRow } } });
      }
    },
    notify(note, except) {
      tellQuietJoins();
      store(note, except);
    },
    joinQuietly: (operatorId, userIds) => emit({ type: "teamQuietlyJoined", teamId, join: { operatorId, userIds } }),
    tellQuietJoins,
    finish(isUpdated) {
      for (const userId of joined) {
        draft.emit({ type: "relationsChanged", account: userId, change: teamAdded(teamId) });
      }
      for (const userId of left.keys()) {
        draft.emit({ type: "relationsChanged", account: userId, change: teamRemoved(teamId) });
      }
      for (const { event, readers } of told) for (const reader of readers) draft.deliver(reader, event);
      const unaware = new Set(team.quietJoins.flatMap(({ userIds }) => userIds));
      for (const userId of team.members.keys()) {
        if ((isUpdated && !unaware.has(userId)) || woken.has(userId)) draft.deliver(userId, teamUpdated(team, userId));
      }
      for (const [userId, event] of left) draft.deliver(userId, event);
    },
  };
}
