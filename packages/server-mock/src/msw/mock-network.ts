import { FetchInterceptor } from "@mswjs/interceptors/fetch/web";
import { defineNetwork, InterceptorSource } from "msw/experimental";
import type { HttpHandler } from "msw/http";

/** A mocked network inside the page or process. */
export interface MockNetwork {
  /** Answers `fetch` from now on. */
  enable(): Promise<void>;
  /** Gives the real `fetch` back. */
  disable(): Promise<void>;
}

type AnyInterceptor = ConstructorParameters<typeof InterceptorSource>[0]["interceptors"][number];

/**
 * The build for browsers, in Node too: it replaces `fetch` and nothing else, where Node's build listens to sockets.
 * The package declares its classes once per build, so to TypeScript they are strangers.
 */
function fetchInterceptor(): AnyInterceptor {
  const interceptor: object = new FetchInterceptor();
  return interceptor as AnyInterceptor;
}

/**
 * Mocks `fetch` alone, without a service worker and without touching sockets: the default for tests in Node, where it
 * costs a quarter of MSW's `setupServer`, and the second way in browsers, for pages that cannot have a worker.
 * Other handlers of MSW may stand beside those of `mockHandlers`; requests that none takes go to the real network.
 */
export function createMockNetwork(handlers: readonly HttpHandler[]): MockNetwork {
  const network = defineNetwork({
    sources: [new InterceptorSource({ interceptors: [fetchInterceptor()] })],
    handlers: [...handlers],
    context: { quiet: true },
    onUnhandledFrame: "bypass",
  });
  return {
    async enable() {
      await network.enable();
    },
    async disable() {
      await network.disable();
    },
  };
}
