import { create, isMessage, type Message } from "@bufbuild/protobuf";
import { type Timers, wait } from "../../client/timers.ts";
import type { Event } from "../../gen/nim/v1/event_pb.ts";
import { type Relations, RelationsSchema } from "../../gen/nim/v1/event_service_pb.ts";
import {
  DeleteFriendRequestSchema,
  MyFriendsResponseSchema,
  RequestFriendRequestSchema,
} from "../../gen/nim/v1/friend_service_pb.ts";
import { SystemMessageType } from "../../gen/nim/v1/system_message_pb.ts";
import {
  AcceptInviteWithTeamRequestSchema,
  AllMyTeamsResponseSchema,
  CreateTeamResponseSchema,
  DismissTeamRequestSchema,
  QuitTeamRequestSchema,
} from "../../gen/nim/v1/team_service_pb.ts";
import { FriendOperation } from "../../gen/nim/v1/user_pb.ts";

/** How long the phone may take to list friends or teams before the list counts as empty, so that a login ends. */
export const LIST_LIMIT_MS = 10_000;

/** Friends and teams gained or lost. */
export interface RelationChange {
  readonly friendsAdded?: readonly string[];
  readonly friendsRemoved?: readonly string[];
  readonly teamsAdded?: readonly string[];
  readonly teamsRemoved?: readonly string[];
}

/** What a successful call changed, as far as request and response tell. */
export function changeOfCall(request: Message, response: Message): RelationChange | undefined {
  if (isMessage(request, RequestFriendRequestSchema)) {
    const { operation, userId } = request;
    const joined = operation === FriendOperation.ADD || operation === FriendOperation.ACCEPT;
    return joined ? { friendsAdded: [userId.toLowerCase()] } : undefined;
  }
  if (isMessage(request, DeleteFriendRequestSchema)) return { friendsRemoved: [request.userId.toLowerCase()] };
  if (isMessage(response, CreateTeamResponseSchema)) return { teamsAdded: [response.teamId] };
  if (isMessage(request, AcceptInviteWithTeamRequestSchema)) return { teamsAdded: [request.teamId] };
  if (isMessage(request, QuitTeamRequestSchema) || isMessage(request, DismissTeamRequestSchema)) {
    return { teamsRemoved: [request.teamId] };
  }
  return undefined;
}

/** What an event says about teams. */
export function changeOfEvent({ payload }: Event): RelationChange | undefined {
  const team = payload.case === "teamUpdated" || payload.case === "teamRemoved" ? payload.value.team : undefined;
  if (team === undefined) return undefined;
  return payload.case === "teamUpdated" ? { teamsAdded: [team.teamId] } : { teamsRemoved: [team.teamId] };
}

/** True for an event after which the friends have to be read again: the module does not say what happened. */
export function concernsFriends({ payload }: Event): boolean {
  return payload.case === "systemMessage" && payload.value.systemMessage?.type === SystemMessageType.FRIEND;
}

/** Friends and teams as the phone last listed them. */
export interface RelationsReader {
  /** Reads both lists; one that the phone does not give is empty. */
  readAll(): Promise<Relations>;
  /** Reads the friends again; undefined when nothing changed or the phone does not say. */
  readFriends(): Promise<Relations | undefined>;
  /** Takes a change that a call or an event told. */
  change(change: RelationChange): Relations;
}

/** `call` asks the native module by the rpc's name. */
export function createRelationsReader(call: (rpc: string) => Promise<Message>, timers: Timers): RelationsReader {
  const friends = new Set<string>();
  const teams = new Set<string>();

  async function list(rpc: string): Promise<string[] | undefined> {
    const controller = new AbortController();
    try {
      const limit = wait(timers, LIST_LIMIT_MS, controller.signal).then(() => undefined);
      const response = await Promise.race([call(rpc), limit]);
      if (isMessage(response, MyFriendsResponseSchema)) return response.users.map(({ userId }) => userId.toLowerCase());
      if (isMessage(response, AllMyTeamsResponseSchema)) return response.teams.map(({ teamId }) => teamId);
      return undefined;
    } catch {
      return undefined;
    } finally {
      controller.abort();
    }
  }

  function replace(known: Set<string>, ids: readonly string[]): void {
    known.clear();
    for (const id of ids) known.add(id);
  }

  function change(told: RelationChange): Relations {
    const { friendsAdded = [], friendsRemoved = [], teamsAdded = [], teamsRemoved = [] } = told;
    for (const id of friendsAdded) friends.add(id);
    for (const id of friendsRemoved) friends.delete(id);
    for (const id of teamsAdded) teams.add(id);
    for (const id of teamsRemoved) teams.delete(id);
    return create(RelationsSchema, {
      full: false,
      friendsAdded: [...friendsAdded],
      friendsRemoved: [...friendsRemoved],
      teamsAdded: [...teamsAdded],
      teamsRemoved: [...teamsRemoved],
    });
  }

  return {
    change,
    async readAll() {
      const [friendIds = [], teamIds = []] = await Promise.all([list("friend.myFriends"), list("team.allMyTeams")]);
      replace(friends, friendIds);
      replace(teams, teamIds);
      return create(RelationsSchema, { full: true, friendsAdded: friendIds, teamsAdded: teamIds });
    },
    async readFriends() {
      const now = await list("friend.myFriends");
      if (now === undefined) return undefined;
      const friendsAdded = now.filter((id) => !friends.has(id));
      const friendsRemoved = [...friends].filter((id) => !now.includes(id));
      if (friendsAdded.length + friendsRemoved.length === 0) return undefined;
      return change({ friendsAdded, friendsRemoved });
    },
  };
}
