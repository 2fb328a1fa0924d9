// Where the calls of this page end: in the page itself or at the server that the page came from.

/** `page`: the mock runs here behind a service worker. `server`: requests leave the page untouched. */
export type Mode = "page" | "server";

/** A mock that answers the requests of this page while it runs. */
export interface PageNetwork {
  start(): Promise<void>;
  stop(): Promise<void>;
}

export interface Backend {
  readonly mode: Mode;
  /** Makes `mode` the current one. A change that fails leaves the server. */
  change(mode: Mode): Promise<void>;
}

/** A backend that is not running yet; `load` gives the page's own mock when it is first needed. */
export function createBackend(load: () => Promise<PageNetwork>): Backend {
  let mode: Mode = "server";
  let network: Promise<PageNetwork> | undefined;
  return {
    get mode() {
      return mode;
    },
    async change(next) {
      if (next === mode) return;
      if (next === "server") {
        await (await network)?.stop();
        mode = "server";
        return;
      }
      network ??= load();
      await (await network).start();
      mode = "page";
    },
  };
}
