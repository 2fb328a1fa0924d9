// The backend that drives the phone's native module.
export { apicloudCapabilities, type Capability } from "./backends/apicloud/capabilities.ts";
export type { ApicloudOptions } from "./backends/apicloud/native.ts";
export { apicloudServices, apicloudTransport } from "./backends/apicloud/services.ts";
