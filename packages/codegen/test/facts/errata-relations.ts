import { type Erratum, expand } from "./erratum.ts";

const ABSENT = { kind: "added", written: "absent", reading: "present" } as const;
const TEAM_FIELDS: readonly string[] = ["inviteMode", "beInviteMode", "clientCustomInfo"];

/** The fields that a team lacks, at each place where the module shows a team. */
function teamFields(entries: readonly string[], path: string): readonly Erratum[] {
  return expand({
    entries,
    subjects: TEAM_FIELDS.map((field) => `${path}.${field}`),
    ...ABSENT,
    reason: "A team can be given it, so a team shows it.",
    source: "F-4",
  });
}

/** Teams, users, system messages and chat rooms. */
export const relationErrata: readonly Erratum[] = [
  ...teamFields(["onIMTeamRemoved", "onIMTeamUpdated"], "result"),
  ...teamFields(["allMyTeams"], "result.teams"),
  ...teamFields(["teamById", "fetchTeamInfo"], "result.message"),
  {
    entry: "updateTeamCustomInfo",
    subject: "params.clientCustomInfo",
    kind: "required",
    written: "false",
    reading: "true",
    reason: "Without it there is nothing to update.",
    source: "F-3",
  },
  {
    entry: "updateMyUserInfo",
    subject: "params.gender",
    kind: "default",
    written: "1",
    reading: "nothing",
    reason: "A field that is not given must not change the profile.",
    source: "F-3",
  },
  {
    entry: "notifyForNewMsgForUser",
    subject: "params.userId",
    kind: "required",
    written: "false",
    reading: "true",
    reason: "The question is about one user.",
    source: "F-3",
  },
  ...expand({
    entries: ["onIMSystemMessageRecieved"],
    subjects: ["result.messageId"],
    ...ABSENT,
    reason: "Marking, answering and deleting a system message need its id.",
    source: "F-4",
  }),
  ...expand({
    entries: ["fetchSystemNotifications"],
    subjects: ["result.notifications.messageId"],
    ...ABSENT,
    reason: "Marking, answering and deleting a system message need its id.",
    source: "F-4",
  }),
  {
    entry: "onIMSystemMessageRecieved",
    subject: "result.status",
    ...ABSENT,
    reason: "System messages are one entity, and in a list they have their state of handling.",
    source: "schema",
  },
  {
    entry: "setSystemMessageStatus",
    subject: "params.messageStatus",
    kind: "type",
    written: "string",
    reading: "number",
    reason: "It is one of the numbers 0 to 9, and its sample is a number.",
    source: "F-3",
  },
  ...expand({
    entries: ["enterChatRoom"],
    subjects: ["result.room", "result.member"],
    ...ABSENT,
    reason: "The native SDKs answer with the room and the own member.",
    source: "F-4",
  }),
  {
    entry: "getChatRoomHistoryMsg",
    subject: "params.startTime#2",
    kind: "duplicate",
    written: "startTime",
    reading: "limit",
    reason: "The second of two equal names counts messages.",
    source: "F-3",
  },
  {
    entry: "getChatRoomHistoryMsg",
    subject: "result.message.attachment",
    kind: "type",
    written: "string",
    reading: "object",
    reason: "The same attachment as in every other message.",
    source: "schema",
  },
];
