// Holds what a sample was told against the module's document.
import { documentedResult, type Field, fieldsOfKind, type Platform } from "./documented.ts";

type Json = Readonly<Record<string, unknown>>;

/** Fields that an entity may lack: nobody gave the value, or the moment has none. All others must always be there. */
const MAY_LACK = new Set(
  (
    "ext path thumbPath displayName attachment eventType operator targets notificationType " +
    "owner avatarUrl intro announcement clientCustomInfo inviteMode beInviteMode nickname invitor " +
    "nickName sign email birth mobile alias postscript " +
    "broadcastUrl extention avatar nick enterTime updateTime room member extra content filePath lastMessage message"
  ).split(" "),
);

/** Fields that no answer of an entry's own sample can show, and why. */
const NEVER_SHOWN: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  onIMRecvRevokeMessageNotification: {
    postscript: "the native SDKs of the module's time have none (F-2)",
    "message.text": "what was taken back is gone",
    "message.ext": "what was taken back is gone",
  },
  sendImage: { "message.coverUrl": "a picture has no cover" },
  queryMessageHistoryByTyps: Object.fromEntries(
    ["text", "latitude", "longitude", "title", "attachment"].map((name) => [
      `messages.${name}`,
      "the sample asks for pictures and videos only",
    ]),
  ),
};

const typeOf = (value: unknown): string => (Array.isArray(value) ? "array" : typeof value);

const isMessage = (fields: readonly Field[]): boolean =>
  ["messageId", "messageType", "from"].every((name) => fields.some((field) => field.name === name));

interface Walk {
  readonly platform: Platform;
  readonly problems: string[];
  /** Paths of the fields that were there, without places in lists. */
  readonly seen: Set<string>;
  /** Paths of fields that no answer shows. */
  readonly never: Readonly<Record<string, string>>;
}

function walkObject(value: unknown, fields: readonly Field[], path: string, walk: Walk): void {
  if (typeOf(value) !== "object" || value === null) {
    walk.problems.push(`${path || "ret"} is no object`);
    return;
  }
  const object = value as Json;
  const kind = isMessage(fields) ? fieldsOfKind(Number(object.messageType), walk.platform) : undefined;
  const known = new Map(fields.filter(({ name }) => kind?.has(name) ?? true).map((field) => [field.name, field]));
  for (const [name, inner] of Object.entries(object)) {
    const at = path === "" ? name : `${path}.${name}`;
    const field = known.get(name);
    if (field === undefined) walk.problems.push(`${at} is not in the document`);
    else walkField(inner, field, at, walk);
  }
  for (const name of known.keys()) {
    if (name in object || MAY_LACK.has(name) || `${path}.${name}` in walk.never) continue;
    walk.problems.push(`${path}.${name} is missing`);
  }
}

function walkField(value: unknown, { type, fields }: Field, path: string, walk: Walk): void {
  walk.seen.add(path);
  if (typeOf(value) !== type) walk.problems.push(`${path} is ${typeOf(value)} instead of ${type}`);
  else if (typeof value === "number" && !Number.isFinite(value)) walk.problems.push(`${path} is ${value}`);
  else if (/(timestamp|Time)$/.test(path) && !Number.isInteger(value)) walk.problems.push(`${path} is no whole number`);
  else if (fields && Array.isArray(value)) for (const item of value) walkObject(item, fields, path, walk);
  else if (fields) walkObject(value, fields, path, walk);
}

function pathsOf(fields: readonly Field[], path = ""): string[] {
  return fields.flatMap(({ name, fields: inner = [] }) => {
    const at = path === "" ? name : `${path}.${name}`;
    return [at, ...pathsOf(inner, at)];
  });
}

/**
 * What is wrong with the results that an entry gave: fields that the document does not list, of another type, or
 * missing. With `whole`, each documented field must have been in at least one of them.
 */
export function problemsOf(
  entry: string,
  results: readonly unknown[],
  platform: Platform,
  { whole }: { readonly whole: boolean },
): readonly string[] {
  const never = NEVER_SHOWN[entry] ?? {};
  const walk: Walk = { platform, problems: [], seen: new Set(), never };
  const fields = documentedResult(entry, platform);
  for (const ret of results) {
    walkObject(ret, fields, "", walk);
    if (fields.some(({ name, type }) => name === "status" && type === "boolean") && !ANSWERS_BY_STATUS.has(entry)) {
      if (Reflect.get(Object(ret), "status") !== true) walk.problems.push("status is not true");
    }
  }
  if (whole) {
    for (const path of pathsOf(fields)) {
      const parent = path.slice(0, path.lastIndexOf("."));
      if (walk.seen.has(path) || path in never || isForeign(path, parent, entry, platform)) continue;
      walk.problems.push(`${path} was never there`);
    }
    for (const path of Object.keys(never)) {
      if (walk.seen.has(path)) walk.problems.push(`${path} was there, although it is said never to be`);
    }
  }
  return walk.problems;
}

/** Entries whose answer is called status (behaviour.md F-4). */
const ANSWERS_BY_STATUS = new Set(["isPlaying", "isRecording", "isUserInBlackList", "notifyForNewMsgForUser"]);

/** A message of one kind cannot show the fields of the others. */
function isForeign(path: string, parent: string, entry: string, platform: Platform): boolean {
  if (parent !== "message") return false;
  const kind = ONE_KIND[entry];
  const name = path.slice(parent.length + 1);
  if (entry === "downloadAttachment" && name === "ext") return true;
  return kind !== undefined && !fieldsOfKind(kind, platform)?.has(name);
}

/** Entries whose sample shows messages of one kind, by its number. */
const ONE_KIND: Readonly<Record<string, number>> = {
  sendText: 0,
  sendImage: 1,
  sendAudio: 2,
  sendVideo: 3,
  sendLocationMsg: 4,
  sendFile: 6,
  sendTips: 10,
  downloadAttachment: 1,
  onIMRecvRevokeMessageNotification: 0,
};
