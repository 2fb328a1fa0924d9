import type { Plugin } from "vite";
import { patchedMockWorker, WORKER_FILE } from "./msw/worker-file.ts";

/** Only the path counts; dev servers pass relative URLs. */
const ANY_ORIGIN = "http://localhost";

/**
 * Vite plugin: serves the patched service worker at `<base>mockServiceWorker.js` in development and emits it on build.
 * Start MSW with `worker.start({ serviceWorker: { url: import.meta.env.BASE_URL + "mockServiceWorker.js" } })`.
 * @throws {Error} when the installed msw cannot be patched.
 */
export function nimkitMockWorker(): Plugin {
  const source = patchedMockWorker();
  let path = `/${WORKER_FILE}`;
  return {
    name: "nimkit-mock-worker",
    configResolved({ base }) {
      path = new URL(base, `${ANY_ORIGIN}/`).pathname + WORKER_FILE;
    },
    configureServer({ middlewares }) {
      middlewares.use((request, response, next) => {
        if (new URL(request.url ?? "/", ANY_ORIGIN).pathname !== path) {
          next();
          return;
        }
        response.writeHead(200, {
          "Cache-Control": "no-cache",
          "Content-Type": "text/javascript; charset=utf-8",
          "Service-Worker-Allowed": "/",
        });
        response.end(source);
      });
    },
    generateBundle() {
      if (this.environment.config.consumer !== "client") return;
      this.emitFile({ type: "asset", fileName: WORKER_FILE, source });
    },
  };
}
