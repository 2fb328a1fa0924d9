import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { Code, type Transport } from "@connectrpc/connect";
import type { Caller } from "../client/call.ts";
import type { NimCallOptions } from "../client/call-options.ts";
import type { ClientHeaders, NimPlatform } from "../client/headers.ts";
import { NimError } from "../client/nim-error.ts";
import type { RetryOptions } from "../client/retry.ts";
import { type Cursor, createCursor } from "../events/cursor.ts";
import type { Emitter, NimEvent } from "../events/emitter.ts";
import { runStream, type StreamEnd, type StreamEndReason } from "../events/stream.ts";
import { KickReason, LoginStep } from "../gen/nim/v1/auth_pb.ts";
import {
  AuthService,
  type LoginRequestSchema,
  type LoginResponse,
  type LogoutRequestSchema,
  type LogoutResponse,
} from "../gen/nim/v1/auth_service_pb.ts";
import { ErrorCode } from "../gen/nim/v1/error_pb.ts";
import { KickSchema } from "../gen/nim/v1/event_pb.ts";
import { failedSteps, loginStepEvent } from "./login-step.ts";
import { createRelationsCache } from "./relations.ts";

/** A login without an answer gives up after 30 s, as the native SDK's manual login does. */
export const LOGIN_TIMEOUT_MS = 30_000;

/**
 * Where a client stands. `connecting`: a login is under way. `syncing`: let in, the first data is on its way.
 * `online`: ready. `offline`: the connection was lost and is being resumed. The rest need a new login: `loggedOut`,
 * `kicked` by another device or the server, `expired` for a token that the server no longer takes. `replaced`:
 * another client with the same device id took the events over; calls still work.
 */
export type NimState =
  | "loggedOut"
  | "connecting"
  | "syncing"
  | "online"
  | "offline"
  | "kicked"
  | "expired"
  | "replaced";

/** The login of a client. */
export interface Session {
  login(request: MessageInitShape<typeof LoginRequestSchema>, options?: NimCallOptions): Promise<LoginResponse>;
  logout(request: MessageInitShape<typeof LogoutRequestSchema>, options?: NimCallOptions): Promise<LogoutResponse>;
  /** Headers of a call at this moment. */
  headers(): readonly [string, string][];
  state(): NimState;
  isLogined(): boolean;
  isFriend(userId: string): boolean;
  isTeam(teamId: string): boolean;
  /** Ends everything on this side, without a word to the server. */
  close(): void;
}

/** What a session needs of its client. */
export interface SessionOptions extends RetryOptions {
  readonly transport: Transport;
  /** Asked for late: the caller takes its headers from this session. */
  readonly caller: () => Caller;
  readonly clientHeaders: ClientHeaders;
  readonly platform: NimPlatform;
  readonly emitter: Emitter;
  readonly onReset: () => void;
  readonly onState: (state: NimState) => void;
}

/** A login under way or done. Aborting its controller ends its call and its stream. */
interface Active {
  /** Two logins with the same key are one. */
  readonly key: string;
  readonly account: string;
  /** How far the account's events were delivered. */
  readonly cursor: Cursor;
  readonly controller: AbortController;
  headers: readonly [string, string][] | undefined;
  result: Promise<LoginResponse> | undefined;
  kicked: boolean;
}

const AFTER_END: Readonly<Record<StreamEndReason, readonly [NimState, LoginStep]>> = {
  // Only a login that gives up stops a stream which is still wanted.
  stopped: ["loggedOut", LoginStep.CONNECT_FAILED],
  loggedOut: ["loggedOut", LoginStep.IDLE],
  refused: ["loggedOut", LoginStep.CONNECT_FAILED],
  expired: ["expired", LoginStep.AUTH_FAILED],
  kicked: ["kicked", LoginStep.KICKED],
  replaced: ["replaced", LoginStep.OFFLINE],
};

/** Makes the session of a client, logged out. */
export function createSession(options: SessionOptions): Session {
  const { clientHeaders, emitter, platform, timers } = options;
  const relations = createRelationsCache();
  let active: Active | undefined;
  let expired: Active | undefined;
  let state: NimState = "loggedOut";

  const step = (next: LoginStep): void => emitter.emit(loginStepEvent(next));

  function become(next: NimState): void {
    if (next === state) return;
    state = next;
    options.onState(next);
  }

  /** Ends whatever login there is, on this side only. */
  function drop(next: NimState, reason: NimError): void {
    const ended = active;
    active = undefined;
    become(next);
    relations.clear();
    ended?.controller.abort(reason);
  }

  function cancelled(method: string, reason: string): NimError {
    return new NimError({ code: ErrorCode.TASK_CANCELLED, method, reason, connectCode: Code.Canceled });
  }

  /** The stream is over for good; `mine` may no longer be the active login. */
  function finish(mine: Active, { reason, error }: StreamEnd): void {
    if (active !== mine) return;
    const [next, last] = AFTER_END[reason];
    if (reason === "replaced") become(next);
    else drop(next, error);
    // The server keeps the events of a device whose token ended, so its next login goes on from here.
    expired = reason === "expired" ? mine : undefined;
    if (reason === "kicked" && !mine.kicked) {
      emitter.emit({ name: "kick", value: create(KickSchema, { reason: KickReason.UNSPECIFIED }) });
    }
    step(last);
  }

  /** Runs the stream of a login. Resolves once when everything is there, or rejects when that cannot happen. */
  function follow(mine: Active, headers: readonly [string, string][]): Promise<void> {
    return new Promise((resolve, reject) => {
      let ready = false;
      const live = (): boolean => active === mine;
      const tell = (...steps: readonly LoginStep[]): void => {
        for (const next of steps) if (live()) step(next);
      };
      const stream = runStream({
        transport: options.transport,
        timers,
        random: options.random,
        backoff: options.backoff,
        headers,
        cursor: mine.cursor,
        signal: mine.controller.signal,
        // A listener may log out in the middle of a frame; nothing is told after that.
        hooks: {
          // Until the login has succeeded once, its caller sees one login, however often it had to connect.
          connecting() {
            if (ready) tell(LoginStep.CONNECTING);
          },
          connectFailed() {
            if (ready) tell(LoginStep.CONNECT_FAILED);
          },
          opened(reset) {
            if (live()) become("syncing");
            if (ready) tell(...RESUMED);
            tell(LoginStep.SYNCING);
            if (reset && live()) options.onReset();
          },
          relations(frame) {
            if (!live()) return;
            relations.apply(frame);
            if (!frame.full || state !== "syncing") return;
            become("online");
            tell(LoginStep.SYNCED);
            ready = true;
            resolve();
          },
          delivery({ event, offset }) {
            const payload = event?.payload;
            // An arm that this SDK does not know has its place, but no listeners.
            if (payload?.case === undefined || !live()) return;
            if (payload.case === "kick") mine.kicked = true;
            emitter.emit({ name: payload.case, value: payload.value, offset } as NimEvent);
            if (payload.case === "kick") {
              finish(mine, { reason: "kicked", error: cancelled("event.subscribe", "this device was kicked") });
            }
          },
          lost() {
            if (live()) become("offline");
            if (ready) tell(LoginStep.OFFLINE);
          },
        },
      });
      stream.then((end) => {
        finish(mine, end);
        reject(end.error);
      });
    });
  }

  async function run(
    mine: Active,
    request: MessageInitShape<typeof LoginRequestSchema>,
    callOptions: NimCallOptions,
  ): Promise<LoginResponse> {
    const { signal, timeoutMs = LOGIN_TIMEOUT_MS } = callOptions;
    const { controller } = mine;
    const onAbort = (): void => controller.abort(NimError.from(signal?.reason, "auth.login"));
    const timer = timers.setTimeout(() => {
      controller.abort(
        new NimError({ code: ErrorCode.TIMEOUT, method: "auth.login", connectCode: Code.DeadlineExceeded }),
      );
    }, timeoutMs);
    signal?.addEventListener("abort", onAbort);
    if (signal?.aborted) onAbort();
    let answered = false;
    try {
      step(LoginStep.CONNECTING);
      const { headers: extra } = callOptions;
      const response = await options
        .caller()
        .unary(
          "auth.login",
          AuthService.method.login,
          request,
          { signal: controller.signal, ...(extra === undefined ? {} : { headers: extra }) },
          clientHeaders.anonymous,
        );
      controller.signal.throwIfAborted();
      // A backend that keeps its own session, such as the phone's module, gives no token.
      const headers = response.accessToken ? clientHeaders.withToken(response.accessToken) : clientHeaders.anonymous;
      mine.headers = headers;
      answered = true;
      for (const next of RESUMED) step(next);
      controller.signal.throwIfAborted();
      await follow(mine, headers);
      return response;
    } catch (reason) {
      const error = NimError.from(reason, "auth.login");
      if (active === mine) {
        drop("loggedOut", error);
        for (const next of answered ? [LoginStep.CONNECT_FAILED] : failedSteps(error, platform)) step(next);
      }
      throw error;
    } finally {
      timers.clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
    }
  }

  return {
    login(request, callOptions = {}) {
      const key = JSON.stringify([request.userId?.toLowerCase(), request.password, request.auto]);
      if (active?.result !== undefined && active.key === key) return active.result;
      drop("connecting", cancelled("auth.login", "another login took over"));
      const account = request.userId?.toLowerCase() ?? "";
      const mine: Active = {
        key,
        account,
        cursor: expired?.account === account ? expired.cursor : createCursor(),
        controller: new AbortController(),
        headers: undefined,
        result: undefined,
        kicked: false,
      };
      active = mine;
      const result = run(mine, request, callOptions).finally(() => {
        mine.result = undefined;
      });
      mine.result = result;
      return result;
    },

    async logout(request, callOptions = {}) {
      const headers = active?.headers ?? clientHeaders.anonymous;
      const wasActive = active !== undefined;
      drop("loggedOut", cancelled("auth.login", "logged out"));
      if (wasActive) step(LoginStep.IDLE);
      return options.caller().unary("auth.logout", AuthService.method.logout, request, callOptions, headers);
    },

    headers: () => active?.headers ?? clientHeaders.anonymous,
    state: () => state,
    isLogined: () => active?.headers !== undefined,
    isFriend: relations.isFriend,
    isTeam: relations.isTeam,
    close() {
      drop("loggedOut", cancelled("auth.login", "the client was closed"));
    },
  };
}

/** The steps of a connection that was let in. */
const RESUMED: readonly LoginStep[] = [LoginStep.CONNECTED, LoginStep.AUTHENTICATING, LoginStep.AUTHENTICATED];
