import type {
  DescMessage,
  DescMethod,
  DescMethodServerStreaming,
  DescMethodUnary,
  DescService,
  MessageInitShape,
} from "@bufbuild/protobuf";
import { type NimApi, nimServices } from "../gen/client.ts";
import type { Caller } from "./call.ts";
import type { NimCallOptions } from "./call-options.ts";

type Request = MessageInitShape<DescMessage>;

const isUnary = (method: DescMethod): method is DescMethodUnary => method.methodKind === "unary";
const isServerStream = (method: DescMethod): method is DescMethodServerStreaming =>
  method.methodKind === "server_streaming";

/** One function per rpc, by the client's names. The generated `NimApi` is its type. */
export function createApi(caller: Caller): NimApi {
  const api: Record<string, object> = {};
  for (const [name, service] of Object.entries<DescService>(nimServices)) {
    const methods: Record<string, (request: Request, options?: NimCallOptions) => unknown> = {};
    for (const method of service.methods) {
      const rpc = `${name}.${method.localName}`;
      if (isUnary(method)) {
        methods[method.localName] = (request, options) => caller.unary(rpc, method, request, options);
      } else if (isServerStream(method)) {
        methods[method.localName] = (request, options) => caller.stream(rpc, method, request, options);
      }
    }
    api[name] = methods;
  }
  // The loop above follows the same descriptors as the generated interface.
  return api as object as NimApi;
}
