import type { DescFile } from "@bufbuild/protobuf";
import { nestedTypes } from "@bufbuild/protobuf/reflect";

/** Every name that the generator derives comes from this file. */

const KEYWORDS =
  "break case catch class const continue debugger default delete do else enum export extends false finally for function if implements import in instanceof interface let new null package private protected public return static super switch this throw true try typeof var void while with yield await async";

/** Words that protoc-gen-es never uses as an identifier: it appends `$`. */
const RESERVED_BY_MESSAGES: ReadonlySet<string> = new Set([
  ...KEYWORDS.split(" ").filter((word) => word !== "await" && word !== "async"),
  ...["Object", "Partial", "Uint8Array", "bigint", "boolean", "globalThis", "number", "object", "string"],
]);

/** Words that a declaration in a generated file must not take: keywords, and globals that generated code uses. */
const RESERVED_IN_FILES: readonly string[] = [
  ...KEYWORDS.split(" "),
  ...["any", "bigint", "boolean", "never", "number", "object", "string", "symbol", "undefined", "unknown"],
  ...[
    "Array",
    "AsyncIterable",
    "Error",
    "Object",
    "Partial",
    "Promise",
    "Readonly",
    "Record",
    "Uint8Array",
    "arguments",
    "eval",
    "globalThis",
  ],
];

/** Names that protoc-gen-es exports for the descriptors of a file. */
export interface MessageNames {
  /** TypeScript type of a message or an enum, by type name. */
  readonly shapes: ReadonlyMap<string, string>;
  /** Descriptor of a message, enum or service, by type name. */
  readonly schemas: ReadonlyMap<string, string>;
}

/** Derives the names that protoc-gen-es exports: types first, then descriptors, each made unique with `$`. */
export function messageNames(file: DescFile): MessageNames {
  const taken = new Set<string>();
  const shapes = new Map<string, string>();
  const schemas = new Map<string, string>();
  const claim = (ideal: string): string => {
    for (let attempt = 0; ; attempt += 1) {
      const salted = attempt === 0 ? ideal : attempt === 1 ? `${ideal}$` : `${ideal}$${attempt - 1}`;
      const name = RESERVED_BY_MESSAGES.has(salted) ? `${salted}$` : salted;
      if (taken.has(name)) continue;
      taken.add(name);
      return name;
    }
  };
  const local = (typeName: string): string => {
    const prefix = file.proto.package === "" ? 0 : file.proto.package.length + 1;
    return typeName.slice(prefix).replaceAll(".", "_");
  };
  const types = [...nestedTypes(file)];
  for (const type of types) {
    if (type.kind === "message" || type.kind === "enum") shapes.set(type.typeName, claim(local(type.typeName)));
  }
  claim(`file_${file.name.replace(/[^a-zA-Z0-9_]+/g, "_")}`);
  for (const type of types) {
    const suffix = type.kind === "message" || type.kind === "enum" ? "Schema" : "";
    schemas.set(type.typeName, claim(`${local(type.typeName)}${suffix}`));
  }
  return { shapes, schemas };
}

/** Path of the file that protoc-gen-es writes for a proto file (given without `.proto`). */
export function messageFile(protoFile: string): string {
  return `${protoFile}_pb.ts`;
}

/** `chat_room.v1` to `ChatRoomV1`; characters that no identifier has are dropped. */
export function upperCamel(name: string): string {
  const joined = name
    .split(/[^a-zA-Z0-9$]+/)
    .filter((part) => part !== "")
    .map((part) => part[0]?.toUpperCase() + part.slice(1))
    .join("");
  return /^[0-9]/.test(joined) ? `_${joined}` : joined;
}

/** `ChatRoom` to `chatRoom`, `IAMPolicy` to `iamPolicy`. */
export function lowerCamel(name: string): string {
  const camel = upperCamel(name);
  return camel.replace(/^[A-Z]+(?=[A-Z][a-z])|^[A-Z]+$|^[A-Z]/, (head) => head.toLowerCase());
}

/** Names that clients give services: without `Service`, lower camel; services of one name get their package in front. */
export function serviceKeys(
  services: readonly { readonly typeName: string; readonly name: string }[],
): ReadonlyMap<string, string> {
  const ideal = (name: string): string => lowerCamel(name.length > 7 ? name.replace(/Service$/, "") : name);
  const count = new Map<string, number>();
  for (const service of services) count.set(ideal(service.name), (count.get(ideal(service.name)) ?? 0) + 1);
  const names = createNames(["constructor", "prototype", "toString", "valueOf", "__proto__"]);
  const keys = new Map<string, string>();
  for (const service of services) {
    const short = ideal(service.name);
    keys.set(service.typeName, names.claim(count.get(short) === 1 ? short : lowerCamel(service.typeName)));
  }
  return keys;
}

/** The prefix of `nimServices` and `NimApi`: the first part of the first package. */
export function defaultPrefix(packages: readonly string[]): string {
  return upperCamel(packages[0]?.split(".")[0] ?? "") || "Proto";
}

/** `SendTextRequest` to `SendTextCommand`, `SendTextResponse` to `SendTextReply`, `Team` to `TeamData`. */
export function plainName(message: {
  readonly shapeName: string;
  readonly role: "request" | "response" | "data";
}): string {
  if (message.role === "request") return `${message.shapeName.replace(/Request$/, "")}Command`;
  if (message.role === "response") return `${message.shapeName.replace(/Response$/, "")}Reply`;
  return `${message.shapeName}Data`;
}

/** Hands out names, each only once. */
export interface Names {
  /** The wanted name, or that name with a number if it is taken. */
  claim(ideal: string): string;
}

/** Creates a name space; names of `taken` are never handed out. */
export function createNames(taken: readonly string[] = []): Names {
  const used = new Set(taken);
  const attempts = new Map<string, number>();
  return {
    claim(ideal) {
      let attempt = attempts.get(ideal) ?? 0;
      let name = attempt === 0 ? ideal : `${ideal}$${attempt}`;
      while (used.has(name)) {
        attempt += 1;
        name = `${ideal}$${attempt}`;
      }
      attempts.set(ideal, attempt);
      used.add(name);
      return name;
    },
  };
}

/** The name space of one generated file. */
export function createFileNames(): Names {
  return createNames(RESERVED_IN_FILES);
}

/** A property key, quoted where TypeScript asks for it. */
export function propertyKey(name: string): string {
  if (/^[A-Za-z_$][\w$]*$/.test(name) && name !== "__proto__") return name;
  return name === "__proto__" ? '["__proto__"]' : JSON.stringify(name);
}
