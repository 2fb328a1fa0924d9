import type { AddressInfo, Server } from "node:net";
import { findPortHolder } from "./port-holder.ts";
import { MockServerError } from "./server-error.ts";

function describe(error: NodeJS.ErrnoException, host: string, port: number): MockServerError {
  switch (error.code) {
    case "EADDRINUSE": {
      const holder = findPortHolder(port);
      const by = holder === undefined ? "another process" : holder;
      return new MockServerError(
        "port-in-use",
        `port ${port} is in use by ${by}; stop it or choose another with --port`,
        error,
      );
    }
    case "EACCES":
      return new MockServerError(
        "port-forbidden",
        `port ${port} needs more rights; choose one above 1023 with --port`,
        error,
      );
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return new MockServerError(
        "bad-option",
        `this machine has no address "${host}"; choose another with --host`,
        error,
      );
    default:
      return new MockServerError("listen-failed", `cannot listen on ${host}:${port}: ${error.message}`, error);
  }
}

/**
 * Listens and gives the address that was bound.
 * @throws {MockServerError} that names the port or host and the fix.
 */
export async function listen(server: Server, host: string, port: number): Promise<AddressInfo> {
  await new Promise<void>((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException): void => reject(describe(error, host, port));
    server.once("error", onError);
    server.listen({ port, host }, () => {
      server.off("error", onError);
      resolve();
    });
  });
  const address = server.address();
  if (address === null || typeof address === "string")
    throw new MockServerError("listen-failed", "the server has no port");
  return address;
}
