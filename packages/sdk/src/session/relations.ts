import type { Relations } from "../gen/nim/v1/event_service_pb.ts";

/** Friends and teams of the account that is logged in, for answers without a call. */
export interface RelationsCache {
  /** Takes a full list or a change. */
  apply(relations: Relations): void;
  /** Forgets everything. */
  clear(): void;
  isFriend(userId: string): boolean;
  isTeam(teamId: string): boolean;
}

/** Starts empty. Accounts are compared in lower case, as the server does. */
export function createRelationsCache(): RelationsCache {
  const friends = new Set<string>();
  const teams = new Set<string>();
  const clear = (): void => {
    friends.clear();
    teams.clear();
  };
  return {
    apply(relations) {
      if (relations.full) clear();
      for (const id of relations.friendsAdded) friends.add(id.toLowerCase());
      for (const id of relations.friendsRemoved) friends.delete(id.toLowerCase());
      for (const id of relations.teamsAdded) teams.add(id);
      for (const id of relations.teamsRemoved) teams.delete(id);
    },
    clear,
    isFriend: (userId) => friends.has(userId.toLowerCase()),
    isTeam: (teamId) => teams.has(teamId),
  };
}
