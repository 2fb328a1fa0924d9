import { create, isMessage, type Message } from "@bufbuild/protobuf";
import type { HandlerContext, Transport } from "@connectrpc/connect";
import { markReadsPaths } from "../../files/path-transports.ts";
import { LoginRequestSchema, LoginResponseSchema } from "../../gen/nim/v1/auth_service_pb.ts";
import { SubscribeRequestSchema } from "../../gen/nim/v1/event_service_pb.ts";
import { AbortDownloadAttachmentRequestSchema } from "../../gen/nim/v1/message_service_pb.ts";
import { type Rpc, rpcs } from "../../module/entries.ts";
import { neverFails } from "../../module/quirks.ts";
import { type NimServiceImpls, transportFromServices } from "../../transport/from-services.ts";
import { type Bridge, createBridge } from "./bridge.ts";
import { type ApicloudOptions, type Native, wrapNative } from "./native.ts";
import { callNative, type NativeProgress, startNative } from "./native-call.ts";
import { unsupported } from "./native-error.ts";
import { createRelationsReader } from "./relations.ts";

type Handler = (request: Message, context: HandlerContext) => Promise<Message> | AsyncIterable<Message>;

/** Logging in: the native module keeps its own session, so there is no token, and it may not repeat the account. */
async function login(native: Native, bridge: Bridge, rpc: Rpc, request: Message): Promise<Message> {
  return bridge.login(async () => {
    const response = await callNative(native, rpc, request);
    if (!isMessage(request, LoginRequestSchema) || !isMessage(response, LoginResponseSchema)) return response;
    return create(LoginResponseSchema, { userId: (response.userId || request.userId).toLowerCase() });
  });
}

async function logout(native: Native, bridge: Bridge, rpc: Rpc, request: Message): Promise<Message> {
  try {
    return await callNative(native, rpc, request);
  } catch (error) {
    if (neverFails(rpc.name, native.platform)) return create(rpc.method.output);
    throw error;
  } finally {
    // Whatever the phone says, this side has given the session up.
    bridge.loggedOut();
  }
}

/** Streams that run on the phone; it never says that it stopped one before its end. */
function createDownloads() {
  const running = new Set<NativeProgress>();
  return {
    running,
    /** Ends the readers of aborted downloads: of one message, or all. */
    abort(request: Message): void {
      if (!isMessage(request, AbortDownloadAttachmentRequestSchema)) return;
      for (const { request: started, steps } of [...running]) {
        const id: unknown = Reflect.get(started, "messageId");
        if (!request.messageId || id === request.messageId) steps.end();
      }
    },
  };
}

/**
 * The services of the phone's native module, entry by entry over the generated table.
 *
 * Rpcs that the module does not have, and extensions set on a request, reject as `unimplemented` before anything
 * happens. Events come from the module's listeners, registered once; they are numbered here, so a client resumes
 * without loss while the page lives. Login steps of the phone are not passed on, because the client makes its own:
 * a lost connection interrupts the stream instead.
 */
export function apicloudServices(nativeNim: object, options: ApicloudOptions): NimServiceImpls {
  const native = wrapNative(nativeNim, options);
  const callByName = async (name: string): Promise<Message> => {
    const rpc = rpcs.get(name);
    if (rpc === undefined) throw unsupported(name);
    return callNative(native, rpc, create(rpc.method.input));
  };
  const bridge = createBridge(native, createRelationsReader(callByName, native.timers));
  const downloads = createDownloads();

  async function unary(rpc: Rpc, request: Message): Promise<Message> {
    const response = await callNative(native, rpc, request);
    bridge.called(request, response);
    downloads.abort(request);
    return response;
  }

  async function* progress(rpc: Rpc, request: Message, context: HandlerContext): AsyncGenerator<Message> {
    const started = startNative(native, rpc, request);
    const onAbort = (): void => started.steps.end();
    context.signal.addEventListener("abort", onAbort);
    if (rpc.name === "message.downloadAttachment") downloads.running.add(started);
    try {
      yield* started.steps;
    } finally {
      context.signal.removeEventListener("abort", onAbort);
      downloads.running.delete(started);
    }
  }

  /** Rpcs that are more than one native call. */
  const own: Readonly<Record<string, (rpc: Rpc) => Handler>> = {
    "auth.login": (rpc) => (request) => login(native, bridge, rpc, request),
    "auth.logout": (rpc) => (request) => logout(native, bridge, rpc, request),
    "event.subscribe": () => (request, context) =>
      bridge.subscribe(
        create(SubscribeRequestSchema, isMessage(request, SubscribeRequestSchema) ? request : {}),
        context.signal,
      ),
  };

  function handlerOf(rpc: Rpc): Handler {
    const special = own[rpc.name];
    if (special !== undefined) return special(rpc);
    if (rpc.entry === undefined) {
      return () => {
        throw unsupported(rpc.name);
      };
    }
    if (rpc.method.methodKind === "server_streaming") return (request, context) => progress(rpc, request, context);
    return (request) => unary(rpc, request);
  }

  const impls: Record<string, Record<string, Handler>> = {};
  for (const rpc of rpcs.values()) {
    impls[rpc.service] ??= {};
    Object.assign(impls[rpc.service] ?? {}, { [rpc.method.localName]: handlerOf(rpc) });
  }
  // The loop follows the same descriptors as the type.
  return impls as object as NimServiceImpls;
}

/** A transport over the phone's native module, for `createNimClient({ transport })`. See `apicloudServices`. */
export function apicloudTransport(nativeNim: object, options: ApicloudOptions): Transport {
  return markReadsPaths(transportFromServices(apicloudServices(nativeNim, options)));
}
