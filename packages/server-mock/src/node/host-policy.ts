import { isIP } from "node:net";
import { MockServerError } from "./server-error.ts";

/** The host part of an authority such as `localhost:4010` or `[::1]:4010`. */
const AUTHORITY = /^(?:\[(?<v6>[0-9a-f:.]+)\]|(?<name>[a-z0-9_.-]+))(?::(?<port>\d{1,5}))?$/i;
/** What `allowedHosts` may hold: a name, or a leading dot for every name below it. */
const HOST_NAME = /^\.?[a-z0-9_-]+(?:\.[a-z0-9_-]+)*$/i;
const LOOPBACK_V4 = /^127\./;
const MAX_PORT = 65_535;

/** Decides which names may be used to reach the server and which pages may call it. */
export interface HostPolicy {
  /** True for an authority that an attacker's DNS cannot give: loopback names, IP addresses and allowed names. */
  allowsAuthority(authority: string): boolean;
  /** True for a page of the same authority, on loopback, or on an allowed name. `null` and other schemes never. */
  allowsOrigin(origin: string, authority: string): boolean;
}

/** The host of an authority in lower case without brackets, or undefined when it is no valid authority. */
function hostOf(authority: string): string | undefined {
  const groups = AUTHORITY.exec(authority)?.groups;
  if (groups === undefined || Number(groups.port ?? 0) > MAX_PORT) return undefined;
  if (groups.v6 !== undefined) return isIP(groups.v6) === 6 ? groups.v6.toLowerCase() : undefined;
  return groups.name?.toLowerCase();
}

/** True for the names and addresses that never leave the machine. */
export function isLoopbackHost(host: string): boolean {
  if (host === "localhost" || host.endsWith(".localhost")) return true;
  const version = isIP(host);
  return version === 4 ? LOOPBACK_V4.test(host) : version === 6 && (host === "::1" || /^::ffff:127\./i.test(host));
}

/**
 * Builds the policy. An entry of `allowedHosts` is a name without port; `.example.test` means every name below it.
 * @throws {MockServerError} `bad-option` for an entry that is no host name.
 */
export function createHostPolicy(allowedHosts: readonly string[]): HostPolicy {
  for (const host of allowedHosts) {
    if (!HOST_NAME.test(host)) {
      throw new MockServerError("bad-option", `"${host}" is no host name: write it without scheme, port and path`);
    }
  }
  const names = allowedHosts.map((host) => host.toLowerCase());
  const isNamed = (host: string): boolean =>
    names.some((name) => (name.startsWith(".") ? host.endsWith(name) || host === name.slice(1) : host === name));

  return {
    allowsAuthority(authority) {
      const host = hostOf(authority);
      return host !== undefined && (isLoopbackHost(host) || isIP(host) !== 0 || isNamed(host));
    },
    allowsOrigin(origin, authority) {
      const [, scheme, rest] = /^(https?):\/\/(.+)$/i.exec(origin) ?? [];
      if (scheme === undefined || rest === undefined) return false;
      const host = hostOf(rest);
      if (host === undefined) return false;
      return isLoopbackHost(host) || isNamed(host) || rest.toLowerCase() === authority.toLowerCase();
    },
  };
}
