// Messages, enums and services as protoc-gen-es makes them.

// The services under the client's names, and what is known of each rpc and error code.
export { type NimServiceName, nimServices } from "./gen/client.ts";
export { type ErrorInfo, errorTable, methodErrors } from "./gen/errors.ts";
export * from "./gen/protocol.ts";
