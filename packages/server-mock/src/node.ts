/** The mock backend as a server of its own, for Node. */
export { type ServerLimits, serverLimits } from "./node/limits.ts";
export { MockServerError, type MockServerErrorCode } from "./node/server-error.ts";
export { type MockServer, type MockServerOptions, startMockServer } from "./node/start-mock-server.ts";
