import { create } from "@bufbuild/protobuf";
import type { Transport } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-web";
import { createEmitter, type NimEvent } from "../events/emitter.ts";
import { createEventQueue, type EventsOptions } from "../events/event-queue.ts";
import { createListeners } from "../events/listeners.ts";
import { readsPaths } from "../files/path-transports.ts";
import { type ClientFiles, createFileSource, type FileResolver } from "../files/resolve-file.ts";
import { createFileSends } from "../files/send-files.ts";
import type { NimApi } from "../gen/client.ts";
import type { NimEventMap } from "../gen/events.ts";
import { IsLoginedResponseSchema } from "../gen/nim/v1/auth_service_pb.ts";
import { defaultDeviceId } from "../session/device-id.ts";
import { createSession, type NimState } from "../session/session.ts";
import { createApi } from "./api.ts";
import type { Backoff } from "./backoff.ts";
import { type Caller, createCaller } from "./call.ts";
import { randomId, reportListenerError, systemRandom } from "./environment.ts";
import { createClientHeaders, type NimPlatform } from "./headers.ts";
import { systemTimers, type Timers } from "./timers.ts";

/** Settings of a client that do not depend on how it reaches its backend. */
export interface NimClientSettings {
  /** Which platform the client claims to be. Default: `web`. */
  readonly platform?: NimPlatform;
  /** Id of the device, visible ASCII. Default: in a browser the tab's own, elsewhere a new one per client. */
  readonly deviceId?: string;
  /** Makes ids of messages. Default: random UUIDs. */
  readonly ids?: () => string;
  /** How long to wait before trying again. */
  readonly backoff?: Backoff;
  /** The clock to wait by. Default: the host's. */
  readonly timers?: Timers;
  /** Random numbers in [0, 1) for the waits. Default: `Math.random`. */
  readonly random?: () => number;
  /** Takes what a listener throws. Default: the host's `reportError`, else the console. */
  readonly onListenerError?: (error: unknown) => void;
  /**
   * Reads the `filePath` of a send, for paths other than `http(s):`, `blob:` and `data:` addresses and those of
   * `files.add`. Default: none, such a send fails with code 5.
   */
  readonly resolveFile?: FileResolver;
  /**
   * Whether this client reads and uploads the files it sends. False: the backend reads paths by itself. Default: true,
   * but false on a transport of the phone's native module.
   */
  readonly uploads?: boolean;
}

/** Options of `createNimClient`: a transport, or where the server is. */
export type NimClientOptions = NimClientSettings &
  (
    | {
        /** How calls reach the backend. Many clients may share one. */
        readonly transport: Transport;
      }
    | {
        /** Where the server is, such as `http://127.0.0.1:4010`. */
        readonly baseUrl: string;
        /** A replacement of the global `fetch`. */
        readonly fetch?: typeof globalThis.fetch;
        readonly transport?: undefined;
      }
  );

/** A client: one device of one account at a time. Calls resolve to the generated message or reject with `NimError`. */
export interface NimClient extends Omit<NimApi, "event"> {
  /** Id of this device, sent with every call. */
  readonly deviceId: string;
  /** Paths for files that the app has in hand, such as a `File` from an input. */
  readonly files: ClientFiles;
  /** Where the client stands. `on("loginStep", …)` tells of changes. */
  readonly state: NimState;
  /** True from the moment the server let this device in until it is logged out, kicked or its token expires. */
  isLogined(): boolean;
  /** True for a friend of the account, from what login fetched and events changed. */
  isMyFriend(userId: string): boolean;
  /** True for a team that the account is in, from what login fetched and events changed. */
  isMyTeam(teamId: string): boolean;
  /** Listens to one event; the result stops it. A listener that throws does not disturb the others. */
  on<K extends keyof NimEventMap>(name: K, listener: (value: NimEventMap[K]) => void): () => void;
  /** Listens to every event; the result stops it. */
  onAny(listener: (event: NimEvent) => void): () => void;
  /** Listens to changes of `state`; the result stops it. */
  onState(listener: (state: NimState) => void): () => void;
  /** All events from this call on, for one `for await`. @throws {NimError} 419 when too many wait for the loop. */
  events(options?: EventsOptions): AsyncIterableIterator<NimEvent>;
  /** Listens to resets: events may have been missed, so read your data again. The result stops it. */
  onReset(listener: () => void): () => void;
  /** Ends the stream, a login under way and all `events()` loops, without a word to the server. */
  close(): void;
}

function transportOf(options: NimClientOptions): Transport {
  if (options.transport !== undefined) return options.transport;
  const { baseUrl, fetch } = options;
  // Not createHttpTransport: it would bring gRPC-Web along into every bundle.
  return createConnectTransport({ baseUrl, ...(fetch === undefined ? {} : { fetch }) });
}

/**
 * Makes a client, logged out.
 * @throws {NimError} 414 when the device id cannot travel in a header.
 */
export function createNimClient(options: NimClientOptions): NimClient {
  const {
    platform = "web",
    ids = randomId,
    timers = systemTimers,
    random = systemRandom,
    onListenerError = reportListenerError,
    backoff,
  } = options;
  const deviceId = options.deviceId ?? defaultDeviceId(randomId);
  const transport = transportOf(options);
  const emitter = createEmitter(onListenerError);
  const resetListeners = createListeners<[]>(onListenerError);
  const stateListeners = createListeners<[NimState]>(onListenerError);
  const loops = new Set<() => void>();

  const session = createSession({
    transport,
    timers,
    random,
    backoff,
    platform,
    emitter,
    clientHeaders: createClientHeaders(deviceId, platform),
    caller: () => caller,
    onReset: resetListeners.call,
    onState: stateListeners.call,
  });
  const caller: Caller = createCaller({ transport, headers: session.headers, ids, timers, random, backoff });
  const { event: _stream, ...api } = createApi(caller);
  const files = createFileSource(options.resolveFile);
  const { headers, isLogined } = session;
  const sends = createFileSends({ caller, files, emitter, headers, isLogined, ids, timers, random, backoff });
  const uploads = options.uploads ?? !readsPaths(transport);

  return {
    ...api,
    auth: {
      ...api.auth,
      login: session.login,
      logout: session.logout,
      isLogined: async () => create(IsLoginedResponseSchema, { logined: session.isLogined() }),
    },
    message: uploads ? { ...api.message, ...sends } : api.message,
    files: { add: files.add, remove: files.remove },
    deviceId,
    get state() {
      return session.state();
    },
    isLogined: session.isLogined,
    isMyFriend: session.isFriend,
    isMyTeam: session.isTeam,
    on: emitter.on,
    onAny: emitter.onAny,
    events(eventsOptions) {
      return createEventQueue(emitter.onAny, loops, eventsOptions);
    },
    onReset: resetListeners.add,
    onState: stateListeners.add,
    close() {
      session.close();
      for (const end of [...loops]) end();
    },
  };
}
