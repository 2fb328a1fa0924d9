// What the module's document lists for each result, as the errata read it.
import { errata } from "../../../codegen/test/facts/errata.ts";
import { type FactType, moduleFacts, type ResultFact } from "../../../codegen/test/facts/facts.ts";

/** A platform of the module. */
export type Platform = "ios" | "android";

/** A field that a result may have. */
export interface Field {
  readonly name: string;
  readonly type: FactType;
  readonly fields?: readonly Field[];
}

// Types of fields for which the document shows neither a value nor a structure; they are the same wherever a name stands.
const STRINGS =
  "messageId from text sessionId content path url thumbPath coverUrl title displayName teamId teamName owner avatarUrl intro announcement clientCustomInfo userId invitor nickname sourceID targetID postscript nickName sign email birth mobile account alias roomId name creator broadcastUrl avatar nick operator callID user";
const NUMBERS =
  "messageType timestamp sessionType fileLength duration latitude longitude type memberNumber level createTime joinMode inviteMode beInviteMode notifyForNewMsg status gender onLineUserCount enterTime updateTime memberType eventType notificationType code clientType";
const types = new Map<string, FactType>([
  ...STRINGS.split(" ").map((name) => [name, "string"] as const),
  ...NUMBERS.split(" ").map((name) => [name, "number"] as const),
  ...["read", "isInMyBlackList", "isInBlackList", "isMuted", "isOnline", "isValid"].map(
    (name) => [name, "boolean"] as const,
  ),
  ...["extention", "attachment", "room", "member"].map((name) => [name, "object"] as const),
  ["targets", "array"],
]);

/** Entities that the document names without listing their fields again: where it does list them. */
const LISTED_ELSEWHERE: Readonly<Record<string, string>> = {
  "onIMRecvRevokeMessageNotification result.message": "onRecvIMMessages result.messages",
  "downloadAttachment result.message": "onRecvIMMessages result.messages",
  "enterChatRoom result.room": "getChatRoomInfo result.message",
  "enterChatRoom result.member": "getChatRoomMembers result.message",
};

const factsByName = new Map(moduleFacts.entries.map((entry) => [entry.name, entry]));

function factsAt(entry: string, path: string): readonly ResultFact[] {
  let facts = factsByName.get(entry)?.result ?? [];
  for (const step of path.split(".").slice(1)) facts = facts.find(({ name }) => name === step)?.fields ?? [];
  return facts;
}

/** What the errata add below a path. */
function addedAt(entry: string, path: string): readonly ResultFact[] {
  return errata
    .filter((erratum) => erratum.entry === entry && erratum.kind === "added" && erratum.subject.startsWith(`${path}.`))
    .map(({ subject }) => ({ name: subject.slice(path.length + 1) }))
    .filter(({ name }) => !name.includes("."));
}

function typeAt(entry: string, path: string, fact: ResultFact, siblings: readonly ResultFact[]): FactType {
  const corrected = errata.find((one) => one.entry === entry && one.kind === "type" && one.subject === path);
  if (corrected) return corrected.reading as FactType;
  if (fact.repeated) return "array";
  if (fact.type) return fact.type;
  if (fact.fields) return "object";
  // A message's own data is an object, a user's is text; a user's setting is a switch, a team's has three positions.
  const isUser = siblings.some(({ name }) => name === "nickName" || name === "isInMyBlackList");
  if (fact.name === "ext") return isUser ? "string" : "object";
  if (fact.name === "notifyForNewMsg" && isUser) return "boolean";
  const type = types.get(fact.name);
  if (type === undefined) throw new Error(`${entry} ${path}: nobody says of what type it is`);
  return type;
}

function fieldsAt(entry: string, path: string, platform: Platform): readonly Field[] {
  const elsewhere = LISTED_ELSEWHERE[`${entry} ${path}`]?.split(" ");
  if (elsewhere) return fieldsAt(elsewhere[0] ?? "", elsewhere[1] ?? "", platform);
  const facts = [...factsAt(entry, path), ...addedAt(entry, path)];
  return facts
    .filter(({ platforms }) => platforms === undefined || platforms.includes(platform))
    .map((fact) => {
      const at = `${path}.${fact.name}`;
      const fields = fieldsAt(entry, at, platform);
      return { name: fact.name, type: typeAt(entry, at, fact, facts), ...(fields.length > 0 && { fields }) };
    });
}

/** The fields of an entry's result on a platform. */
export function documentedResult(entry: string, platform: Platform): readonly Field[] {
  const fields = fieldsAt(entry, "result", platform);
  // The errata tell of an envelope that the document forgot, and of a system message's state, by one name.
  if (entry !== "currentCallID") return fields;
  return fields.map((field) => (field.name === "status" ? { ...field, type: "boolean" } : field));
}

/** The fields that a message of each kind has in the result of its send: the document lists them there. */
const SENDS: Readonly<Record<number, string>> = {
  0: "sendText",
  1: "sendImage",
  2: "sendAudio",
  3: "sendVideo",
  4: "sendLocationMsg",
  6: "sendFile",
  10: "sendTips",
};

const EVERY_MESSAGE = ["messageId", "messageType", "from", "timestamp", "sessionId", "sessionType"];

/** Names of the fields that a message of this kind has, on this platform. */
export function fieldsOfKind(messageType: number, platform: Platform): ReadonlySet<string> {
  const send = SENDS[messageType];
  if (send === undefined) {
    return new Set([...EVERY_MESSAGE, "ext", "attachment", "eventType", "operator", "targets", "notificationType"]);
  }
  const names = new Set(factsAt(send, "result.message").map(({ name }) => name));
  // behaviour.md F-4: a picture has a name too. D.1: a recording has no size on iOS.
  if (messageType === 1) names.add("displayName");
  if (messageType === 2 && platform === "ios") names.delete("fileLength");
  return names;
}
