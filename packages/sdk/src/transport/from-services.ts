import type { DescService } from "@bufbuild/protobuf";
import type { ServiceImpl, Transport } from "@connectrpc/connect";
import { type NimServiceName, nimServices } from "../gen/client.ts";
import { createDirectTransport, type DirectService, type DirectTransportOptions } from "./direct.ts";

/** An implementation of every service, by the client's names. Each is what Connect calls a `ServiceImpl`. */
export type NimServiceImpls = { [K in NimServiceName]: ServiceImpl<(typeof nimServices)[K]> };

/** Options of `transportFromServices`. */
export interface TransportFromServicesOptions extends DirectTransportOptions {
  /**
   * The descriptors that interceptors see, by the client's names. Default: the SDK's own, which carry no validation
   * rules. They must describe the same types.
   */
  readonly services?: Readonly<Partial<Record<NimServiceName, DescService>>>;
}

/**
 * Makes a transport of implementations in the same process. Services and methods that are missing answer
 * `unimplemented` by name. See `createDirectTransport` for what the transport promises.
 */
export function transportFromServices(
  impls: { readonly [K in NimServiceName]?: Partial<NimServiceImpls[K]> },
  options: TransportFromServicesOptions = {},
): Transport {
  const { services, ...direct } = options;
  const names = Object.keys(nimServices) as NimServiceName[];
  const entries: DirectService[] = names.map((name) => ({
    service: services?.[name] ?? nimServices[name],
    impl: impls[name] ?? {},
  }));
  return createDirectTransport(entries, direct);
}
