import { cors } from "@connectrpc/connect";
import type { NodeRequest, NodeResponse } from "./guard-response.ts";
import type { HostPolicy } from "./host-policy.ts";

/** Headers of this API and of requests for attachments that pages may send, beside those of Connect and gRPC-Web. */
const OWN_HEADERS = ["Authorization", "If-None-Match", "If-Range", "Nimkit-Device", "Nimkit-Platform", "Range"];
/** How long a browser may remember a preflight, in seconds; Chromium's ceiling. */
const PREFLIGHT_MAX_AGE_S = 7_200;
const FORM_ABSOLUTE = /^[a-z][a-z0-9+.-]*:\/\/(?<authority>[^/?#]*)(?<path>.*)$/i;

/** Why a request is turned away before routing. */
export interface Rejection {
  readonly status: number;
  readonly message: string;
}

/** Every value of a header; Node's own `headers` keeps only the first `Host`. */
function valuesOf(request: NodeRequest, names: readonly string[]): string[] {
  const { rawHeaders } = request;
  return rawHeaders.filter((_, i) => i % 2 === 1 && names.includes(rawHeaders[i - 1]?.toLowerCase() ?? ""));
}

/** Turns `http://host/path` into `/path`, as a server must accept it, and gives the host that it named. */
function takeAbsoluteForm(request: NodeRequest): string | undefined {
  const groups = FORM_ABSOLUTE.exec(request.url ?? "")?.groups;
  if (groups?.authority === undefined) return undefined;
  request.url = groups.path?.startsWith("/") ? groups.path : `/${groups.path ?? ""}`;
  return groups.authority;
}

/**
 * Checks by which name the server is called and from which page, on every path and before any routing: a page of an
 * attacker's site can point its own name at 127.0.0.1 (reliability rules S1 and S2).
 */
export function checkRequest(request: NodeRequest, policy: HostPolicy): Rejection | undefined {
  const absolute = takeAbsoluteForm(request);
  const authorities = valuesOf(request, ["host", ":authority"]);
  const [authority] = authorities;
  const all = absolute === undefined ? authorities : [...authorities, absolute];
  const hosts = valuesOf(request, ["host"]);
  if (authority === undefined || hosts.length > 1 || !all.every((name) => policy.allowsAuthority(name))) {
    const named = authority === undefined ? "no host" : `host "${all.join('", "')}"`;
    return { status: 403, message: `${named} is not served here; allow a name with --allow-host NAME` };
  }
  const origins = valuesOf(request, ["origin"]);
  if (origins.length > 1 || !origins.every((origin) => policy.allowsOrigin(origin, authority))) {
    return {
      status: 403,
      message: `pages of origin "${origins.join('", "')}" may not call this server; allow a name with --allow-host NAME`,
    };
  }
  return undefined;
}

/** Sets the headers that let the checked origin read the response. Answers a preflight and returns true for one. */
export function applyCors(request: NodeRequest, response: NodeResponse): boolean {
  response.setHeader("Vary", "Origin");
  const { origin } = request.headers;
  if (origin === undefined) return false;
  response.setHeader("Access-Control-Allow-Origin", origin);
  response.setHeader("Access-Control-Expose-Headers", cors.exposedHeaders.join(", "));
  if (request.method !== "OPTIONS" || request.headers["access-control-request-method"] === undefined) return false;
  response.setHeader("Access-Control-Allow-Methods", cors.allowedMethods.join(", "));
  response.setHeader("Access-Control-Allow-Headers", [...cors.allowedHeaders, ...OWN_HEADERS].join(", "));
  response.setHeader("Access-Control-Max-Age", String(PREFLIGHT_MAX_AGE_S));
  response.statusCode = 204;
  response.end();
  return true;
}
