/** The mock backend behind Mock Service Worker, for browsers and Node. */

export type { RpcOverrides } from "./gen/overrides.ts";
export { type MockHandlers, type MockHandlersOptions, mockHandlers } from "./msw/mock-handlers.ts";
export { createMockNetwork, type MockNetwork } from "./msw/mock-network.ts";
export type { OverrideAnswer, OverrideCall, OverrideOptions, OverrideResolver } from "./msw/override.ts";
