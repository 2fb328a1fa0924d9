import { NimError } from "../client/nim-error.ts";
import { ErrorCode } from "../gen/nim/v1/error_pb.ts";

/** Gives the content of a path that the SDK itself cannot read, such as `fs://cat.png`. A `File` brings its name along. */
export type FileResolver = (path: string) => Promise<Blob | Uint8Array>;

/** A file on its way to the server. */
export interface OutgoingFile {
  readonly content: Blob;
  readonly name: string;
  readonly mimeType: string;
}

/** Files that the app has and no path names: a `File` from an input, a `Blob` that was recorded. */
export interface ClientFiles {
  /** Gives the file a path for `filePath`: an object URL, kept until `remove`. Default name: the file's own, or `file`. */
  add(file: Blob, name?: string): string;
  /** Forgets a file; its path means nothing any more. */
  remove(path: string): void;
}

/** The files of one client, with and without paths. */
export interface FileSource extends ClientFiles {
  /** @throws {NimError} 5 when the path cannot be read */
  read(path: string, method: string): Promise<OutgoingFile>;
}

/** Paths that `fetch` reads in browsers and Node. */
const FETCHED = /^(https?|blob|data):/i;
/** Addresses whose last part is no file's name. */
const NAMELESS = /^(blob|data):/i;
const UNTYPED = "application/octet-stream";

/** Types of what people send, by the ending of its name. Of others the server looks at the bytes. */
const TYPES: Readonly<Record<string, string>> = {
  aac: "audio/aac",
  amr: "audio/amr",
  bmp: "image/bmp",
  gif: "image/gif",
  heic: "image/heic",
  jpeg: "image/jpeg",
  jpg: "image/jpeg",
  json: "application/json",
  m4a: "audio/mp4",
  mov: "video/quicktime",
  mp3: "audio/mpeg",
  mp4: "video/mp4",
  ogg: "audio/ogg",
  pdf: "application/pdf",
  png: "image/png",
  svg: "image/svg+xml",
  txt: "text/plain",
  wav: "audio/wav",
  webm: "video/webm",
  webp: "image/webp",
  zip: "application/zip",
};

function nameIn(path: string): string {
  if (NAMELESS.test(path)) return "file";
  const [bare = ""] = FETCHED.test(path) ? path.split(/[?#]/, 1) : [path];
  const last = bare.slice(Math.max(bare.lastIndexOf("/"), bare.lastIndexOf("\\")) + 1);
  try {
    return (FETCHED.test(path) ? decodeURIComponent(last) : last) || "file";
  } catch {
    return last;
  }
}

function typeOf({ type }: Blob, name: string): string {
  const ending = name.slice(name.lastIndexOf(".") + 1).toLowerCase();
  const [given] = type.split(";", 1);
  return given || (Object.hasOwn(TYPES, ending) ? TYPES[ending] : undefined) || UNTYPED;
}

async function fetchFile(path: string): Promise<Blob> {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`the address answered ${response.status}`);
  return response.blob();
}

/** Reads files for uploads: added ones, addresses that `fetch` knows, and the rest by the app's own resolver. */
export function createFileSource(resolveFile: FileResolver | undefined): FileSource {
  const added = new Map<string, { readonly content: Blob; readonly name: string }>();

  async function contentOf(path: string): Promise<Blob> {
    const known = added.get(path);
    if (known !== undefined) return known.content;
    if (FETCHED.test(path)) return fetchFile(path);
    if (resolveFile === undefined) {
      throw new Error("the SDK cannot read this kind of path by itself: give the client resolveFile");
    }
    const content = await resolveFile(path);
    return content instanceof Blob ? content : new Blob([content.slice()]);
  }

  return {
    add(file, name = "name" in file && typeof file.name === "string" && file.name !== "" ? file.name : "file") {
      // A page can show it too: the path is what the sent message says of the file on this device.
      const path = URL.createObjectURL(file);
      added.set(path, { content: file, name });
      return path;
    },
    remove(path) {
      if (added.delete(path)) URL.revokeObjectURL(path);
    },
    async read(path, method) {
      try {
        const content = await contentOf(path);
        const own = added.get(path)?.name ?? ("name" in content ? String(content.name) : "");
        const name = own || nameIn(path);
        return { content, name, mimeType: typeOf(content, name) };
      } catch (cause) {
        const why = cause instanceof Error ? cause.message : String(cause);
        const reason = `${path} could not be read: ${why}`;
        throw new NimError({ code: ErrorCode.FILE_IO_FAILED, method, field: "filePath", reason, cause });
      }
    },
  };
}
