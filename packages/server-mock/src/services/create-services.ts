import type { HandlerContext } from "@connectrpc/connect";
import type { NimServiceImpls } from "@nimkit/sdk";
import type { Attachments } from "../attachments/attachments.ts";
import { RuleError } from "../backend/index.ts";
import type { Actor } from "../engine/entry.ts";
import type { ProgressRpc } from "../engine/journal.ts";
import { bindServices } from "../gen/bindings.ts";
import type { CommandOf, ReplyOf, RpcName, SubscribeCommand } from "../gen/commands.ts";
import type { RpcSchemas } from "../gen/rpcs.ts";
import { actorKey } from "./authenticate.ts";
import type { Dispatch } from "./dispatch.ts";
import { withFileAddresses } from "./file-addresses.ts";
import { toCommand, toMessage } from "./plain.ts";
import { jsonPath, wireError } from "./wire-error.ts";

/** What the services call. */
export interface RpcHost {
  /** Calls that carry bytes, and addresses of files. */
  readonly attachments: Pick<
    Attachments,
    "uploadChunk" | "finishUpload" | "download" | "address" | "inside" | "isEmpty"
  >;
  /** @throws {RuleError} when a rule refuses the call. */
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
    const { en: textEn, zh: textZh } = reason.text ?? {};
    return wireError({ code: reason.code, field, textEn, textZh, cause: reason });
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
      case "audio.playAudio": {
        const { filePath } = command as CommandOf<"audio.playAudio">;
        return host.progress<"audio.playAudio">(rpc, { filePath: host.attachments.inside(filePath) }, actor, {
          signal,
        });
      }
      case "audio.recordAudioForDuration":
      case "message.downloadAttachment":
        return host.progress(rpc, command as CommandOf<typeof rpc>, actor, { signal });
      case "attachment.download":
        return host.attachments.download(command as CommandOf<"attachment.download">, actor);
      default:
        throw new Error(`${rpc} does not answer in a stream`);
    }
  }

  function answer(rpc: RpcName, command: object, actor: Actor): object | Promise<object> {
    switch (rpc) {
      case "attachment.uploadChunk":
        return host.attachments.uploadChunk(command as CommandOf<"attachment.uploadChunk">, actor);
      case "attachment.finishUpload":
        return host.attachments.finishUpload(command as CommandOf<"attachment.finishUpload">, actor);
      default:
        return host.execute(rpc, command as CommandOf<typeof rpc>, actor);
    }
  }

  /** Asked for only where there are files: most answers hold no address and need not wait for one. */
  const addressed = (context: HandlerContext, plain: object) =>
    withFileAddresses(host.attachments, context.method.output, plain, context);

  const dispatch: Dispatch = {
    async unary<K extends RpcName>(rpc: K, request: Parameters<Dispatch["unary"]>[1], context: HandlerContext) {
      const { input, output } = context.method;
      try {
        const command = toCommand<CommandOf<K>>(input, request);
        const shown = addressed(context, await answer(rpc, command, actorOf(context)));
        const reply = shown instanceof Promise ? await shown : shown;
        return toMessage<RpcSchemas[K]["output"]>(output as RpcSchemas[K]["output"], reply);
      } catch (reason) {
        throw refusal(reason);
      }
    },
    async *stream<K extends RpcName>(rpc: K, request: Parameters<Dispatch["stream"]>[1], context: HandlerContext) {
      const { input, output } = context.method;
      try {
        const command = toCommand<CommandOf<K>>(input, request);
        for await (const plain of answers(rpc, command, context)) {
          const shown = addressed(context, plain);
          const step = shown instanceof Promise ? await shown : shown;
          yield toMessage<RpcSchemas[K]["output"]>(output as RpcSchemas[K]["output"], step);
        }
      } catch (reason) {
        throw refusal(reason);
      }
    },
  };
  return bindServices(dispatch);
}
