import { ErrorCode } from "../gen/nim/v1/error_pb.ts";
import { NimError } from "./nim-error.ts";

/** Which platform a client claims to be. It decides the kick class, login-step numbers and platform codes. */
export type NimPlatform = "ios" | "android" | "web";

/** Header that names the device, on every call. */
export const DEVICE_HEADER = "Nimkit-Device";
/** Header that names the platform (`ios`, `android` or `web`), on every call. */
export const PLATFORM_HEADER = "Nimkit-Platform";
/** Header that carries `Bearer <access token>` after login. */
export const AUTHORIZATION_HEADER = "Authorization";

/** What may stand in a header: visible ASCII, so that nothing can be injected. */
const HEADER_SAFE = /^[\x21-\x7e]{1,512}$/;

function checked(value: string, method: string, field: string): string {
  if (HEADER_SAFE.test(value)) return value;
  throw new NimError({
    code: ErrorCode.BAD_PARAMETER,
    method,
    field,
    reason: `${field} must be 1 to 512 visible ASCII characters, because it travels in a header`,
  });
}

/** The headers of a client's calls. */
export interface ClientHeaders {
  /** Headers of a call without a token. */
  readonly anonymous: readonly [string, string][];
  /** Headers of a call with this token. @throws {NimError} 414 when the token cannot stand in a header. */
  withToken(token: string): readonly [string, string][];
}

/** Prepares the headers. @throws {NimError} 414 when the device id cannot stand in a header. */
export function createClientHeaders(deviceId: string, platform: NimPlatform): ClientHeaders {
  const anonymous: readonly [string, string][] = [
    [DEVICE_HEADER, checked(deviceId, "createNimClient", "deviceId")],
    [PLATFORM_HEADER, platform],
  ];
  return {
    anonymous,
    withToken: (token) => [
      [AUTHORIZATION_HEADER, `Bearer ${checked(token, "auth.login", "accessToken")}`],
      ...anonymous,
    ],
  };
}

/** Adds a caller's own headers under the client's. @throws {TypeError} when a header is not valid. */
export function mergeHeaders(own: readonly [string, string][], extra: HeadersInit | undefined): HeadersInit {
  if (extra === undefined) return [...own];
  const headers = new Headers(extra);
  for (const [name, value] of own) headers.set(name, value);
  return headers;
}
