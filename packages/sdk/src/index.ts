export type { Backoff } from "./client/backoff.ts";
export type { NimCallOptions } from "./client/call-options.ts";
export {
  createNimClient,
  type NimClient,
  type NimClientOptions,
  type NimClientSettings,
} from "./client/create-nim-client.ts";
export { AUTHORIZATION_HEADER, DEVICE_HEADER, type NimPlatform, PLATFORM_HEADER } from "./client/headers.ts";
export { NimError, type NimErrorInit } from "./client/nim-error.ts";
export type { Timers } from "./client/timers.ts";
export type { NimEvent } from "./events/emitter.ts";
export type { EventsOptions } from "./events/event-queue.ts";
export type { ClientFiles, FileResolver } from "./files/resolve-file.ts";
export * from "./gen/client.ts";
export { type ErrorInfo, type ErrorsOf, errorTable, methodErrors, type NimMethod } from "./gen/errors.ts";
export { type NimEventMap, nimEventNames } from "./gen/events.ts";
export { ErrorCode } from "./gen/nim/v1/error_pb.ts";
export type { NimState } from "./session/session.ts";
export {
  createDirectTransport,
  DIRECT_BASE_URL,
  type DirectService,
  type DirectTransportOptions,
} from "./transport/direct.ts";
export {
  type NimServiceImpls,
  type TransportFromServicesOptions,
  transportFromServices,
} from "./transport/from-services.ts";
export { createHttpTransport, type HttpTransportOptions } from "./transport/http.ts";
