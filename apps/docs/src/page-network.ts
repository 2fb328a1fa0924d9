import { createMockBackend } from "@nimkit/server-mock";
import { mockHandlers } from "@nimkit/server-mock/msw";
import { setupWorker } from "msw/browser";
import type { PageNetwork } from "./model/backend.ts";

/** A mock of the whole service behind a service worker. It keeps its data while it is stopped. */
export function createPageNetwork(baseUrl: string): PageNetwork {
  const worker = setupWorker(...mockHandlers(createMockBackend(), { baseUrl }));
  return {
    async start() {
      await worker.start({
        quiet: true,
        // Everything but the API, such as the page's own files, goes its usual way.
        onUnhandledFrame: "bypass",
        serviceWorker: { url: new URL("mockServiceWorker.js", document.baseURI).href },
      });
    },
    async stop() {
      await worker.stop();
    },
  };
}
