import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import sirv from "sirv";
import type { NodeRequest, NodeResponse } from "./guard-response.ts";
import { sendText } from "./send.ts";

/** Serves one request from a folder. */
export type StaticSite = (request: NodeRequest, response: NodeResponse) => void;

/** Pause before a browser asks again for a site that is being built, in seconds. */
const REBUILD_WAIT_S = 2;

/** One range that begins before it ends; sirv hands others to the file system, which throws. */
const RANGE = /^bytes=(?<from>\d{1,15})-(?<to>\d{0,15})$/;

function isSoundRange(range: string): boolean {
  const groups = RANGE.exec(range)?.groups;
  return groups !== undefined && (groups.to === "" || Number(groups.from) <= Number(groups.to));
}

/** Closes the file when the client leaves and cuts the response when reading fails; sirv does neither. */
function guardFile(response: NodeResponse): void {
  response.once("pipe", (source) => {
    source.once("error", () => response.destroy());
    response.once("close", () => {
      if ("destroy" in source && typeof source.destroy === "function") source.destroy();
    });
  });
}

/** Serves the files below `dir` as they are at each request. A folder that is not there yet answers 503. */
export function createStaticSite(dir: string): StaticSite {
  const serve = sirv(dir, { dev: true, etag: true, extensions: ["html"] });

  const notFound = (response: NodeResponse): void => {
    if (!existsSync(dir)) {
      // Browsers ask again by themselves, so the page appears when it is ready.
      response.setHeader("Refresh", String(REBUILD_WAIT_S));
      sendText(response, 503, "The site is being built; try again in a moment.");
      return;
    }
    const page = join(dir, "404.html");
    if (existsSync(page)) sendText(response, 404, readFileSync(page, "utf8"), "text/html; charset=utf-8");
    else sendText(response, 404, "There is no such page.");
  };

  return (request, response) => {
    if (request.method !== "GET" && request.method !== "HEAD") {
      sendText(response, 405, "Only GET and HEAD are served here.");
      return;
    }
    if (request.headers.range !== undefined && !isSoundRange(request.headers.range)) delete request.headers.range;
    guardFile(response);
    // sirv's types know HTTP/1.1 only; Node's HTTP/2 objects have the same methods.
    serve(request as Parameters<typeof serve>[0], response as Parameters<typeof serve>[1], () => notFound(response));
  };
}
