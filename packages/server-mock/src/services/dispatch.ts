import type { MessageInitShape, MessageShape } from "@bufbuild/protobuf";
import type { HandlerContext } from "@connectrpc/connect";
import type { RpcName } from "../gen/commands.ts";
import type { RpcSchemas } from "../gen/rpcs.ts";

/** Where the generated bindings hand each call, by the rpc's name. */
export interface Dispatch {
  /** A call with one answer. */
  unary<K extends RpcName>(
    rpc: K,
    request: MessageShape<RpcSchemas[K]["input"]>,
    context: HandlerContext,
  ): Promise<MessageInitShape<RpcSchemas[K]["output"]>>;
  /** A call with a stream of answers. */
  stream<K extends RpcName>(
    rpc: K,
    request: MessageShape<RpcSchemas[K]["input"]>,
    context: HandlerContext,
  ): AsyncIterable<MessageInitShape<RpcSchemas[K]["output"]>>;
}
