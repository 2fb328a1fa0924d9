import type { DescMethod, DescService } from "@bufbuild/protobuf";
import {
  Code,
  ConnectError,
  createServiceImplSpec,
  type Interceptor,
  type ServiceImpl,
  type Transport,
} from "@connectrpc/connect";
import { createMethodUrl } from "@connectrpc/connect/protocol";
import { systemTimers, type Timers } from "../client/timers.ts";
import { createDirectCall, type DirectRoute } from "./direct-call.ts";
import { openScope } from "./direct-scope.ts";
import { callStream } from "./direct-stream.ts";
import { callUnary } from "./direct-unary.ts";

/** A service and what implements it. Methods that `impl` lacks answer `unimplemented`, after the interceptors. */
export interface DirectService {
  /** The server's descriptor. Interceptors see it, so it may carry more options than the caller's. */
  readonly service: DescService;
  /** An object of the shape of Connect's `ServiceImpl` of that service. */
  readonly impl: object;
}

/** Options of `createDirectTransport`. */
export interface DirectTransportOptions {
  /** Run around every handler, the first one outermost, as on a server. */
  readonly interceptors?: readonly Interceptor[];
  /** The clock of `timeoutMs`. Default: the host's. */
  readonly timers?: Timers;
}

/** What `request.url` begins with on a direct transport; nothing is ever sent there. */
export const DIRECT_BASE_URL = "https://in-memory";

/**
 * A transport that calls implementations in the same process, without HTTP and without serialising. It keeps what
 * HTTP promises: interceptors in the same order, request and response copied so that nothing is shared, error
 * details kept, other errors masked as `internal`, abort and `timeoutMs` honoured, streams pulled one by one.
 * @throws {ConnectError} `unimplemented`, naming the method, when no service has it.
 */
export function createDirectTransport(
  services: readonly DirectService[],
  options: DirectTransportOptions = {},
): Transport {
  const { interceptors = [], timers = systemTimers } = options;
  const specs = new Map(
    services.map(({ service, impl }) => [
      service.typeName,
      createServiceImplSpec(service, impl as Partial<ServiceImpl<DescService>>),
    ]),
  );
  const routes = new WeakMap<DescMethod, DirectRoute>();

  function routeOf(method: DescMethod): DirectRoute {
    const known = routes.get(method);
    if (known !== undefined) return known;
    const found = specs.get(method.parent.typeName);
    const spec = found?.methods[method.localName];
    if (found === undefined || spec === undefined) {
      throw new ConnectError(`${method.parent.typeName}.${method.name} is not implemented`, Code.Unimplemented);
    }
    const route: DirectRoute = { service: found.service, spec, url: createMethodUrl(DIRECT_BASE_URL, method) };
    routes.set(method, route);
    return route;
  }

  return {
    async unary(method, signal, timeoutMs, header, input, contextValues) {
      const route = routeOf(method);
      const scope = openScope(signal, timeoutMs, timers);
      return callUnary(createDirectCall(route, interceptors, scope, header, contextValues), method, input);
    },
    async stream(method, signal, timeoutMs, header, input, contextValues) {
      const route = routeOf(method);
      const scope = openScope(signal, timeoutMs, timers);
      return callStream(createDirectCall(route, interceptors, scope, header, contextValues), method, input);
    },
  };
}
