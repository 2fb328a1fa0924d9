import { canonicalJson, hashText } from "./digest.ts";
import { emptyWorld, type World } from "./world.ts";

/** A whole world as JSON. Only {@link restoreWorld} may read it. */
export interface Snapshot {
  readonly format: 1;
  readonly world: unknown;
}

const TAGS = ["$map", "$set", "$object"] as const;

function isTagged(value: object): boolean {
  return TAGS.some((tag) => Object.hasOwn(value, tag));
}

/** Users' own JSON may hold any key: an object with one of our tags is wrapped as a list of pairs. */
function encode(value: unknown): unknown {
  if (value === null || typeof value !== "object") return value;
  if (value instanceof Map) return { $map: Array.from(value, ([key, item]) => [key, encode(item)]) };
  if (value instanceof Set) return { $set: [...value] };
  if (Array.isArray(value)) return value.map(encode);
  const pairs = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .map(([key, item]): [string, unknown] => [key, encode(item)]);
  return isTagged(value) ? { $object: pairs } : Object.fromEntries(pairs);
}

function decode(value: unknown): unknown {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(decode);
  if ("$map" in value) return new Map(pairsOf(value.$map));
  if ("$set" in value && Array.isArray(value.$set)) return new Set(value.$set);
  if ("$object" in value) return Object.fromEntries(pairsOf(value.$object));
  // fromEntries defines own properties: a key named __proto__ stays data.
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, decode(item)]));
}

/** Keys are texts, or the numbers of entries. */
function pairsOf(value: unknown): [string | number, unknown][] {
  if (!Array.isArray(value)) throw new TypeError("snapshot is damaged: a list of pairs was expected");
  return value.map((pair) => {
    if (!Array.isArray(pair) || (typeof pair[0] !== "string" && typeof pair[0] !== "number")) {
      throw new TypeError("snapshot is damaged: a pair with a text or a number as its key was expected");
    }
    return [pair[0], decode(pair[1])];
  });
}

/** The world as JSON. Nothing in it is shared with the world. */
export function snapshotWorld(world: World): Snapshot {
  return { format: 1, world: encode(world) };
}

/**
 * A world from a snapshot made by {@link snapshotWorld}.
 * @throws TypeError if the value is not a snapshot of this format.
 */
export function restoreWorld(snapshot: Snapshot): World {
  if (snapshot?.format !== 1) throw new TypeError("not a snapshot of format 1");
  const decoded = decode(snapshot.world);
  if (!isWorld(decoded)) throw new TypeError("snapshot is damaged: it holds no world");
  return decoded;
}

/** Index of the newest log entry that left a trace in the world. Ids and the order of messages follow from indexes. */
export function newestIndex(world: World): number {
  let newest = 0;
  const see = (index: number | undefined): void => {
    newest = Math.max(newest, index ?? 0);
  };
  for (const { index } of world.calls.live.values()) see(index);
  for (const { index } of world.calls.ended.values()) see(index);
  for (const { index } of world.attachments.uploads.values()) see(index);
  for (const { index } of world.attachments.files.values()) see(index);
  for (const { messages } of world.conversations.values()) see(messages.at(-1)?.index);
  for (const { chat } of world.rooms.values()) see(chat.messages.at(-1)?.index);
  for (const { caughtUpTo, systemMessages, views, devices } of world.accounts.values()) {
    see(caughtUpTo);
    see(systemMessages.at(-1)?.index);
    for (const { refused } of views.values()) see(refused.at(-1)?.index);
    for (const { feed, stream, peripherals } of devices.values()) {
      for (const call of peripherals.activities.keys()) see(call);
      see(feed.at(-1)?.index);
      see(stream);
    }
  }
  return newest;
}

function isWorld(value: unknown): value is World {
  if (value === null || typeof value !== "object") return false;
  const sample = emptyWorld();
  return Object.entries(sample).every(([key, part]) => {
    const found: unknown = Reflect.get(value, key);
    return part instanceof Map ? found instanceof Map : typeof found === typeof part;
  });
}

function sorted(value: unknown): unknown {
  if (value instanceof Map) {
    const pairs = Array.from(value, ([key, item]): [string, unknown] => [String(key), sorted(item)]);
    return pairs.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  }
  if (value instanceof Set) return [...value].map(String).sort();
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, sorted(item)]));
}

/**
 * A stable hash of everything in the world but the random tokens: equal worlds have equal digests, whatever the order
 * of insertion and whatever the tokens are.
 */
export function digest(world: World): string {
  return hashText(canonicalJson(sorted(withoutTokens(world))));
}

function withoutTokens(world: World): unknown {
  const accounts = new Map(
    Array.from(world.accounts, ([id, account]) => {
      const devices = Array.from(account.devices, ([deviceId, device]): [string, unknown] => {
        return [deviceId, { ...device, tokenHash: device.tokenHash !== undefined }];
      });
      return [id, { ...account, devices: new Map(devices) }];
    }),
  );
  const tokens = [...world.tokens.values()].map((token) => canonicalJson(token)).sort();
  return { ...world, accounts, tokens };
}
