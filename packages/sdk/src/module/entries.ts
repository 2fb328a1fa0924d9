import type { DescMessage, DescMethod } from "@bufbuild/protobuf";
import { nimServices } from "../gen/client.ts";
import { type ModuleEntry, moduleEntries } from "../gen/module-table.ts";
import { EventSchema } from "../gen/nim/v1/event_pb.ts";

/** An rpc by the client's names. */
export interface Rpc {
  /** Such as `message.sendText`. */
  readonly name: string;
  /** Such as `message`. */
  readonly service: string;
  readonly method: DescMethod;
  /** Its entry in the module, or undefined for an extension that the module does not have. */
  readonly entry: ModuleEntry | undefined;
}

const callEntries = new Map(
  moduleEntries.filter(({ kind }) => kind !== "listener").map((entry) => [entry.target, entry] as const),
);

/** Every rpc of the schema, by its name. */
export const rpcs: ReadonlyMap<string, Rpc> = new Map(
  Object.entries(nimServices).flatMap(([service, { methods }]) =>
    methods.map((method) => {
      const name = `${service}.${method.localName}`;
      return [name, { name, service, method, entry: callEntries.get(name) }] as const;
    }),
  ),
);

/** The rpc of an entry that is not a listener. */
export function rpcOf(entry: ModuleEntry): Rpc {
  const rpc = rpcs.get(entry.target);
  if (rpc === undefined) throw new Error(`module entry ${entry.name} names the unknown method ${entry.target}`);
  return rpc;
}

const payloads = new Map(EventSchema.fields.map((field) => [field.localName, field.message] as const));

/** The payload of a listener. */
export function payloadOf(entry: ModuleEntry): DescMessage {
  const schema = payloads.get(entry.target);
  if (schema === undefined) throw new Error(`module entry ${entry.name} names the unknown event ${entry.target}`);
  return schema;
}

/** The entries that are listeners. */
export const listenerEntries: readonly ModuleEntry[] = moduleEntries.filter(({ kind }) => kind === "listener");
