import type { ConnectRouter, ConnectRouterOptions, HandlerContext, Interceptor, Transport } from "@connectrpc/connect";
import { type NimServiceImpls, transportFromServices } from "@nimkit/sdk";
import { type Backend, type BackendOptions, createBackend, type MockControl } from "./backend/index.ts";
import { authenticateEarly, authenticateRequests, type TokenPolicy } from "./services/authenticate.ts";
import { createRouter } from "./services/create-router.ts";
import { createServices } from "./services/create-services.ts";
import { descriptors } from "./services/descriptors.ts";
import { validateRequests } from "./services/validate.ts";

export type { Attachments, FoundFile } from "./attachments/attachments.ts";
export * from "./backend/index.ts";
export type { Actor, Platform } from "./engine/entry.ts";
export { defaultPolicy, type KickStrategy, type PlanLimits, type Policy } from "./engine/policy.ts";
export type { Snapshot } from "./engine/snapshot.ts";
export type { CommandOf, ReplyOf, RpcName } from "./gen/commands.ts";
export { DEFAULT_PASSWORD, defaultSeed } from "./seed/default-seed.ts";
export { mergeSeeds } from "./seed/merge-seeds.ts";
export type { SeedAccount, SeedData, SeedMessage, SeedRoom, SeedSound, SeedTeam } from "./seed/seed-data.ts";

/** A mock of the whole service: one world, reached through any number of transports. */
export interface MockBackend extends Pick<Backend, "execute" | "subscribe" | "progress" | "attachments"> {
  /** Steers the mock: seed, clock, kicks, lost connections, snapshots. */
  readonly control: MockControl;
  /** The services, without checks; every transport puts the interceptors around them. */
  readonly services: NimServiceImpls;
  /** The checks before a call: token, who may call, rules of the schema. Their order is the same on every transport. */
  readonly interceptors: readonly Interceptor[];
  /** The token check alone, for servers that can refuse a call before they read its body. */
  readonly requestGate: (context: HandlerContext) => Promise<void>;
  /** A transport inside the process: no HTTP, nothing serialised. Any number of clients may share it. */
  transport(): Transport;
  /** A Connect router over the services with all checks, to serve by other means. Messages are at most 4 MiB. */
  router(options?: ConnectRouterOptions): ConnectRouter;
  /** Ends all event streams with SERVER_CLOSING and stops the clock. */
  close(): Promise<void>;
}

/** Options of `createMockBackend`: seed, policy, clock and chance. */
export type MockBackendOptions = BackendOptions;

/**
 * Creates a mock backend in memory, with the default seed unless another is given.
 * @throws {RuleError} 414 when the seed names something that it does not hold.
 */
export function createMockBackend(options: MockBackendOptions = {}): MockBackend {
  const backend = createBackend(options);
  const services = createServices(backend);
  const policy: TokenPolicy = {
    authenticate: (token) => backend.authenticate(token),
    get androidNeverCallsBack() {
      return backend.control.policy.androidNeverCallsBack;
    },
  };
  const interceptors: readonly Interceptor[] = [authenticateRequests(policy), validateRequests];
  const requestGate = authenticateEarly(policy);
  return {
    execute: (rpc, command, actor) => backend.execute(rpc, command, actor),
    subscribe: (actor, command, read) => backend.subscribe(actor, command, read),
    progress: (rpc, command, actor, read) => backend.progress(rpc, command, actor, read),
    attachments: backend.attachments,
    control: backend.control,
    services,
    interceptors,
    requestGate,
    transport: () => transportFromServices(services, { services: descriptors().services, interceptors }),
    router: (routerOptions = {}) =>
      createRouter(services, {
        requestGate,
        ...routerOptions,
        interceptors: [...(routerOptions.interceptors ?? []), ...interceptors],
      }),
    close: () => backend.close(),
  };
}
