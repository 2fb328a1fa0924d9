import { Code, type ConnectError, type ContextValues, createContextKey, type Interceptor } from "@connectrpc/connect";
import { AUTHORIZATION_HEADER, DEVICE_HEADER, PLATFORM_HEADER } from "@nimkit/sdk";
import { ErrorCode } from "@nimkit/sdk/protocol/enums";
import { notLoggedIn } from "../engine/auth/session.ts";
import type { Actor, Platform } from "../engine/entry.ts";
import type { RpcName } from "../gen/commands.ts";
import { type RpcInfo, rpcs } from "../gen/rpcs.ts";
import { wireError } from "./wire-error.ts";

/** What deciding who calls asks of the backend. */
export interface TokenPolicy {
  /** The device that a valid access token stands for. */
  authenticate(token: string): Actor | undefined;
  /** Whether the one call that the module's document says never calls back on Android hangs here too. */
  readonly androidNeverCallsBack: boolean;
}

/** Who calls. Set before the rules are checked; absent for nobody. */
export const actorKey = createContextKey<Actor | undefined>(undefined, { description: "who calls" });
/** Whether the token was looked at already, by the gate that runs before a body is read. */
const checkedKey = createContextKey(false, { description: "token checked" });

const BEARER = /^Bearer +(\S+)$/i;
/** What may stand in a header and be an id: visible ASCII. */
const DEVICE_ID = /^[\x21-\x7e]{1,512}$/;
const PLATFORMS: readonly string[] = ["ios", "android", "web"] satisfies readonly Platform[];
/** The device of callers that name none, such as people with curl. */
const DEFAULT_DEVICE = "default";

/** The call that never calls back before login on Android, by the module's document. */
const HANGS_ON_ANDROID: RpcName = "message.fetchMessageHistory";

const rpcByMethod = new Map(
  Object.entries(rpcs).map(([name, info]) => [info.path, { name: name as RpcName, info: info as RpcInfo }]),
);

/** What is read of a call: the same for an interceptor's request and for a handler's context. */
interface Call {
  readonly path: string;
  readonly header: Headers;
  /** Asked for only when needed: in-process calls build it on demand. */
  readonly signal: () => AbortSignal;
  readonly values: ContextValues;
}

/** Path of a method in a URL. */
export function rpcPath(method: { readonly name: string; readonly parent: { readonly typeName: string } }): string {
  return `/${method.parent.typeName}/${method.name}`;
}

function badHeader(name: string, rule: string): ConnectError {
  const reason = `the header ${name} must be ${rule}`;
  return wireError({ code: ErrorCode.BAD_PARAMETER, field: name, connect: Code.InvalidArgument, reason });
}

function platformOf(header: Headers): Platform {
  const platform = header.get(PLATFORM_HEADER) ?? "web";
  if (!PLATFORMS.includes(platform)) throw badHeader(PLATFORM_HEADER, "ios, android or web");
  return platform as Platform;
}

function anonymous(header: Headers): Actor {
  const deviceId = header.get(DEVICE_HEADER) ?? DEFAULT_DEVICE;
  if (!DEVICE_ID.test(deviceId)) throw badHeader(DEVICE_HEADER, "1 to 512 visible ASCII characters");
  return { account: "", deviceId, platform: platformOf(header) };
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

/** Decides who calls and whether he may: the token, then the method's policy. Methods that are not ours pass. */
async function authenticate(call: Call, policy: TokenPolicy): Promise<void> {
  const rpc = rpcByMethod.get(call.path);
  if (rpc === undefined || call.values.get(checkedKey)) return;
  const { header, values } = call;
  if (rpc.info.access === "public") {
    values.set(actorKey, anonymous(header));
  } else {
    const token = BEARER.exec(header.get(AUTHORIZATION_HEADER) ?? "")?.[1];
    const actor = token === undefined ? undefined : policy.authenticate(token);
    if (actor === undefined) {
      const platform = platformOf(header);
      if (platform === "android" && rpc.name === HANGS_ON_ANDROID && policy.androidNeverCallsBack) {
        await untilAborted(call.signal());
      }
      throw wireError({ code: notLoggedIn(rpc.name, platform), connect: Code.Unauthenticated });
    }
    values.set(actorKey, actor);
  }
  values.set(checkedKey, true);
}

/** Runs the check around a call, for transports that have read the request already. */
export function authenticateRequests(policy: TokenPolicy): Interceptor {
  return (next) => async (request) => {
    const { header, contextValues: values } = request;
    await authenticate({ path: rpcPath(request.method), header, signal: () => request.signal, values }, policy);
    return next(request);
  };
}

/** Runs the check when the headers have come, so that nobody's body is read without a token. */
export function authenticateEarly(policy: TokenPolicy) {
  return (context: {
    readonly method: Parameters<typeof rpcPath>[0];
    readonly requestHeader: Headers;
    readonly signal: AbortSignal;
    readonly values: ContextValues;
  }): Promise<void> => {
    const { requestHeader: header, values } = context;
    return authenticate({ path: rpcPath(context.method), header, signal: () => context.signal, values }, policy);
  };
}
