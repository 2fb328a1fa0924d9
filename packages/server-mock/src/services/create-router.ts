import type { DescService } from "@bufbuild/protobuf";
import {
  type ConnectRouter,
  type ConnectRouterOptions,
  createConnectRouter,
  type ServiceImpl,
} from "@connectrpc/connect";
import type { NimServiceImpls, NimServiceName } from "@nimkit/sdk";
import { descriptors } from "./descriptors.ts";

/** Largest message that is read, in bytes after decompression (reliability rule S8). Connect's own default is 4 GiB. */
export const MESSAGE_MAX_BYTES = 4 * 1024 * 1024;

/** A router over the services, with the schema's rules. The interceptors' order is the caller's. */
export function createRouter(services: NimServiceImpls, options: ConnectRouterOptions): ConnectRouter {
  const router = createConnectRouter({ readMaxBytes: MESSAGE_MAX_BYTES, ...options });
  for (const name of Object.keys(services) as NimServiceName[]) {
    // The image's descriptors name no types, so TypeScript cannot pair them with the implementations.
    const impl: object = services[name];
    router.service(descriptors().services[name], impl as Partial<ServiceImpl<DescService>>);
  }
  return router;
}
