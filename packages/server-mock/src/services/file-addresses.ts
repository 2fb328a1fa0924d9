import type { DescMessage } from "@bufbuild/protobuf";
import { createContextKey, type HandlerContext } from "@connectrpc/connect";
import { DIRECT_BASE_URL } from "@nimkit/sdk";
import type { Attachments } from "../attachments/attachments.ts";
import { FILE_SCHEME } from "../engine/attachment/address.ts";
import { rpcPath } from "./authenticate.ts";

/** How a transport's callers open files: below its own address, or by object URLs of this process. */
export const fileAccessKey = createContextKey<"served" | "object">("served", { description: "how files are opened" });

type Plain = Readonly<Record<string, unknown>>;

/** Types that hold addresses of files, and which of their fields do. */
const HOLDERS: Readonly<Record<string, readonly string[]>> = {
  "nim.v1.Message": ["url", "coverUrl", "path", "thumbPath"],
  "nim.v1.Attachment": ["url"],
  "nim.v1.RecordAudioForDurationResponse": ["filePath"],
};

/** Where addresses are inside a type: in fields of its own, or below others. */
interface Places {
  readonly own: readonly string[];
  /** Fields that hold a type with addresses, or a list of it. */
  readonly below: readonly (readonly [string, Places])[];
  /** Groups of which only one field is set, each with the types by the field's name. */
  readonly groups: readonly (readonly [string, ReadonlyMap<string, Places>])[];
}

const known = new WeakMap<DescMessage, Places | null>();

/** Where addresses are inside a type; null for a type that can hold none. */
function placesIn(type: DescMessage): Places | null {
  const earlier = known.get(type);
  if (earlier !== undefined) return earlier;
  // A type inside itself adds no place of its own.
  known.set(type, null);
  const below: [string, Places][] = [];
  const groups: [string, ReadonlyMap<string, Places>][] = [];
  for (const member of type.members) {
    if (member.kind === "oneof") {
      const arms = member.fields.flatMap(({ localName, message }): [string, Places][] => {
        const places = message && placesIn(message);
        return places ? [[localName, places]] : [];
      });
      if (arms.length > 0) groups.push([member.localName, new Map(arms)]);
      continue;
    }
    const places = member.message && placesIn(member.message);
    if (places) below.push([member.localName, places]);
  }
  const own = HOLDERS[type.typeName] ?? [];
  const places = own.length + below.length + groups.length > 0 ? { own, below, groups } : null;
  known.set(type, places);
  return places;
}

/** Gives every address in a message to `change` and puts what it gives in its place. The message itself stays. */
function mapAddresses(places: Places, message: Plain, change: (inside: string) => string): Plain {
  const changed: Record<string, unknown> = {};
  for (const name of places.own) {
    const value = message[name];
    if (typeof value === "string" && value.startsWith(FILE_SCHEME)) changed[name] = change(value);
  }
  for (const [name, type] of places.below) {
    const value = message[name];
    if (Array.isArray(value)) {
      const items = value.map((item: Plain) => mapAddresses(type, item, change));
      if (items.some((item, i) => item !== value[i])) changed[name] = items;
    } else if (value !== undefined) {
      const item = mapAddresses(type, value as Plain, change);
      if (item !== value) changed[name] = item;
    }
  }
  for (const [name, arms] of places.groups) {
    const group = message[name] as { readonly case?: string; readonly value?: Plain } | undefined;
    const type = arms.get(group?.case ?? "");
    if (group?.value === undefined || type === undefined) continue;
    const value = mapAddresses(type, group.value, change);
    if (value !== group.value) changed[name] = { case: group.case, value };
  }
  return Object.keys(changed).length === 0 ? message : { ...message, ...changed };
}

/** Where this caller reaches the server; undefined when he is in this process. */
function baseUrlOf({ url, method, values }: HandlerContext): string | undefined {
  if (values.get(fileAccessKey) === "object" || url.startsWith(DIRECT_BASE_URL)) return undefined;
  const { origin, pathname } = new URL(url);
  return origin + pathname.slice(0, -rpcPath(method).length);
}

/** Puts addresses that the caller can open in the place of the mock's own. Gives the answer itself when it has none. */
export function withFileAddresses(
  attachments: Pick<Attachments, "address" | "isEmpty">,
  type: DescMessage,
  answer: object,
  context: HandlerContext,
): object | Promise<object> {
  if (attachments.isEmpty()) return answer;
  const places = placesIn(type);
  if (!places) return answer;
  const insides = new Set<string>();
  mapAddresses(places, answer as Plain, (inside) => {
    insides.add(inside);
    return inside;
  });
  if (insides.size === 0) return answer;
  return rewrite(attachments, places, answer as Plain, insides, baseUrlOf(context));
}

async function rewrite(
  attachments: Pick<Attachments, "address">,
  places: Places,
  answer: Plain,
  insides: ReadonlySet<string>,
  baseUrl: string | undefined,
): Promise<object> {
  const addresses = new Map<string, string>();
  for (const inside of insides) addresses.set(inside, await attachments.address(inside, baseUrl));
  return mapAddresses(places, answer, (inside) => addresses.get(inside) ?? inside);
}
