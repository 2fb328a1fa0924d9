import { Code, type HandlerContext } from "@connectrpc/connect";
import type { NimServiceImpls } from "@nimkit/sdk";
import { ErrorCode } from "@nimkit/sdk/protocol/enums";
import { RuleError, UnimplementedRpcError } from "../backend/index.ts";
import type { Actor } from "../engine/entry.ts";
import type { ProgressRpc } from "../engine/journal.ts";
import { bindServices } from "../gen/bindings.ts";
import type { CommandOf, ReplyOf, RpcName, SubscribeCommand } from "../gen/commands.ts";
import type { RpcSchemas } from "../gen/rpcs.ts";
import { actorKey } from "./authenticate.ts";
import type { Dispatch } from "./dispatch.ts";
import { toCommand, toMessage } from "./plain.ts";
import { jsonPath, wireError } from "./wire-error.ts";

/** What the services call. */
export interface RpcHost {
  /** @throws {RuleError} when a rule refuses the call. @throws {UnimplementedRpcError} for an rpc that it lacks. */
  execute<K extends RpcName>(rpc: K, command: CommandOf<K>, actor: Actor | undefined): ReplyOf<K> | Promise<ReplyOf<K>>;
  /** @throws {RuleError} from the first read. */
  subscribe(
    actor: Actor,
    command: SubscribeCommand,
    options: { readonly signal: AbortSignal },
  ): AsyncIterable<ReplyOf<"event.subscribe">>;
  /** @throws {RuleError} from the first read. */
  progress<K extends ProgressRpc>(
    rpc: K,
    command: CommandOf<K>,
    actor: Actor,
    options: { readonly signal: AbortSignal },
  ): AsyncIterable<ReplyOf<K>>;
}

/** An error of the engine as it goes over the wire; any other one is masked by Connect. */
function refusal(reason: unknown): unknown {
  if (reason instanceof RuleError) {
    const field = reason.field === undefined ? undefined : jsonPath(reason.field);
    return wireError({ code: reason.code, field, cause: reason });
  }
  if (reason instanceof UnimplementedRpcError) {
    const { rpc, message: textEn } = reason;
    const textZh = `模拟后端还没有实现 ${rpc}`;
    return wireError({
      code: ErrorCode.SERVICE_UNAVAILABLE,
      connect: Code.Unimplemented,
      textEn,
      textZh,
      cause: reason,
    });
  }
  return reason;
}

/** The actor of a call; every service runs behind the token check. */
function actorOf(context: HandlerContext): Actor {
  const actor = context.values.get(actorKey);
  if (actor === undefined) throw new Error(`${context.method.name} was called without the token check`);
  return actor;
}

/** Implements every service of the schema over a host. The only place between messages and plain data. */
export function createServices(host: RpcHost): NimServiceImpls {
  function answers(rpc: RpcName, command: object, context: HandlerContext): AsyncIterable<object> {
    const actor = actorOf(context);
    const { signal } = context;
    switch (rpc) {
      case "event.subscribe":
        return host.subscribe(actor, command as SubscribeCommand, { signal });
      case "audio.playAudio":
      case "audio.recordAudioForDuration":
      case "message.downloadAttachment":
        return host.progress(rpc, command as CommandOf<ProgressRpc>, actor, { signal });
      default:
        throw new UnimplementedRpcError(rpc);
    }
  }

  const dispatch: Dispatch = {
    async unary<K extends RpcName>(rpc: K, request: Parameters<Dispatch["unary"]>[1], context: HandlerContext) {
      const { input, output } = context.method;
      try {
        const command = toCommand<CommandOf<K>>(input, request);
        return toMessage<RpcSchemas[K]["output"]>(
          output as RpcSchemas[K]["output"],
          await host.execute(rpc, command, actorOf(context)),
        );
      } catch (reason) {
        throw refusal(reason);
      }
    },
    async *stream<K extends RpcName>(rpc: K, request: Parameters<Dispatch["stream"]>[1], context: HandlerContext) {
      const { input, output } = context.method;
      try {
        const command = toCommand<CommandOf<K>>(input, request);
        for await (const answer of answers(rpc, command, context)) {
          yield toMessage<RpcSchemas[K]["output"]>(output as RpcSchemas[K]["output"], answer);
        }
      } catch (reason) {
        throw refusal(reason);
      }
    },
  };
  return bindServices(dispatch);
}
