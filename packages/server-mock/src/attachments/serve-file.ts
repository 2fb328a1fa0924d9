import type { UniversalServerResponse } from "@connectrpc/connect/protocol";
import { create as contentDisposition } from "content-disposition";
import { parse as parseRange } from "range-parser";
import type { Attachments, FoundFile } from "./attachments.ts";

/** What is read of a request for a file. */
export interface FileRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly header: Headers;
}

/** Bytes that are read at a time. */
const READ_BYTES = 262_144;
const TYPE = /^[\w!#$&^.+-]+\/[\w!#$&^.+-]+$/;

/**
 * What goes with every answer, so that a file is never a page that acts: it is downloaded rather than opened, under the
 * type that it claims, and in a sandbox all the same (reliability.md S13). Any page may show one, because its path is
 * known only to those who were given it.
 */
const SAFETY: Readonly<Record<string, string>> = {
  "Content-Security-Policy": "sandbox; default-src 'none'",
  "Cross-Origin-Resource-Policy": "cross-origin",
  "X-Content-Type-Options": "nosniff",
  "Access-Control-Expose-Headers": "Accept-Ranges, Content-Disposition, Content-Length, Content-Range, ETag",
};

/** Answers a request for the path of a file: whole, one range, only headers, or why not. */
export async function serveFile(
  attachments: Pick<Attachments, "find">,
  request: FileRequest,
): Promise<UniversalServerResponse> {
  const { method, path, header } = request;
  if (method !== "GET" && method !== "HEAD") {
    return plain(405, `${method} is not for files; use GET or HEAD`, { Allow: "GET, HEAD" });
  }
  const file = await attachments.find(path);
  if (!file) return plain(404, "There is no such file; messages have its address.");
  const { content, tag } = file;
  const etag = `"${tag}"`;
  const headers = {
    ...SAFETY,
    "Accept-Ranges": "bytes",
    "Cache-Control": "private, max-age=31536000, immutable",
    ETag: etag,
  };
  if (hasTag(header.get("If-None-Match"), etag)) return { status: 304, header: new Headers(headers) };

  const range = rangeOf(header, content.size, etag);
  if (range === "unsatisfiable") {
    return plain(416, "The range lies outside of the file.", { "Content-Range": `bytes */${content.size}` });
  }
  const part = range === undefined ? content : content.slice(range.start, range.end + 1);
  return {
    status: range === undefined ? 200 : 206,
    header: new Headers({
      ...headers,
      "Content-Type": TYPE.test(file.mimeType) ? file.mimeType : "application/octet-stream",
      "Content-Length": String(part.size),
      "Content-Disposition": contentDisposition(headerName(file)),
      ...(range === undefined ? {} : { "Content-Range": `bytes ${range.start}-${range.end}/${content.size}` }),
    }),
    ...(method === "HEAD" ? {} : { body: bytesOf(part) }),
  };
}

/** A name without what headers cannot carry. */
function headerName({ name }: FoundFile): string {
  return Array.from(name.toWellFormed(), (character) => (/\p{Cc}/u.test(character) ? "_" : character)).join("");
}

function hasTag(header: string | null, etag: string): boolean {
  return header?.split(",").some((tag) => tag.trim() === "*" || tag.trim().replace(/^W\//, "") === etag) === true;
}

/** The one range that is asked for; undefined for the whole file, which also answers several ranges. */
function rangeOf(
  header: Headers,
  size: number,
  etag: string,
): { readonly start: number; readonly end: number } | "unsatisfiable" | undefined {
  const asked = header.get("Range");
  const since = header.get("If-Range");
  if (asked === null || !asked.startsWith("bytes=") || (since !== null && since !== etag)) return undefined;
  const { code, ranges } = parseRange(size, asked);
  const [first] = ranges;
  if (ranges.length === 0) return code === UNSATISFIABLE ? "unsatisfiable" : undefined;
  return code === 0 && ranges.length === 1 ? first : undefined;
}

/** What the parser says of a range behind the end. */
const UNSATISFIABLE = 2;

function plain(status: number, text: string, headers: Readonly<Record<string, string>> = {}): UniversalServerResponse {
  const body = new TextEncoder().encode(text);
  return {
    status,
    header: new Headers({
      ...SAFETY,
      "Content-Type": "text/plain; charset=utf-8",
      "Content-Length": String(body.length),
      ...headers,
    }),
    body: bytesOf(new Blob([body])),
  };
}

async function* bytesOf(content: Blob): AsyncIterable<Uint8Array> {
  for (let at = 0; at < content.size; at += READ_BYTES) {
    yield new Uint8Array(await content.slice(at, at + READ_BYTES).arrayBuffer());
  }
}
