import type { DescMessage, DescService, MessageInitShape } from "@bufbuild/protobuf";
import { type NimApi, nimServices } from "../gen/client.ts";
import type { Caller } from "./call.ts";
import type { NimCallOptions } from "./call-options.ts";

type Request = MessageInitShape<DescMessage>;

/** One function per rpc, by the client's names. The generated `NimApi` is its type. */
export function createApi(caller: Caller): NimApi {
  const api: Record<string, object> = {};
  for (const [name, service] of Object.entries(nimServices)) {
    const methods: Record<string, (request: Request, options?: NimCallOptions) => unknown> = {};
    const { methods: descriptors }: DescService = service;
    for (const method of descriptors) {
      const rpc = `${name}.${method.localName}`;
      if (method.methodKind === "unary") {
        methods[method.localName] = (request, options) => caller.unary(rpc, method, request ?? {}, options);
      } else if (method.methodKind === "server_streaming") {
        methods[method.localName] = (request, options) => caller.stream(rpc, method, request ?? {}, options);
      }
    }
    api[name] = methods;
  }
  // The loop above follows the same descriptors as the generated interface.
  return api as object as NimApi;
}
