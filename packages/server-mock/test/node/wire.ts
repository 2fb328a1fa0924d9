// Requests as no library would send them, byte by byte over one socket or with chosen pseudo-headers.
import { connect as connectHttp2, type OutgoingHttpHeaders } from "node:http2";
import { connect, type Socket } from "node:net";
import { text } from "node:stream/consumers";

/** Opens a socket to a server's URL. Errors of a socket that the server cuts are no news. */
export async function openSocket(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) });
  await new Promise<void>((resolve, reject) => {
    socket.once("connect", resolve);
    socket.once("error", reject);
  });
  socket.on("error", () => {});
  return socket;
}

/** What a server answers to bytes on a fresh connection, until it closes it; empty when it closes without a word. */
export async function exchange(url: string, bytes: string): Promise<string> {
  const socket = await openSocket(url);
  socket.write(bytes, "latin1");
  return text(socket).catch(() => "");
}

/** The status of an answer, or 0 when there was none. */
export async function statusOf(url: string, bytes: string): Promise<number> {
  return Number(/^HTTP\/1\.1 (\d{3})/.exec(await exchange(url, bytes))?.[1] ?? 0);
}

/** One HTTP/2 request with the headers given. */
export async function http2Request(
  url: string,
  headers: OutgoingHttpHeaders,
  body = "",
): Promise<{ status: number; headers: Record<string, unknown>; text: string }> {
  const session = connectHttp2(url);
  try {
    return await new Promise((resolve, reject) => {
      session.once("error", reject);
      const stream = session.request(headers, { endStream: body === "" });
      stream.once("error", reject);
      stream.once("response", (response) => {
        text(stream).then(
          (content) => resolve({ status: Number(response[":status"]), headers: response, text: content }),
          reject,
        );
      });
      if (body !== "") stream.end(body);
    });
  } finally {
    session.destroy();
  }
}
