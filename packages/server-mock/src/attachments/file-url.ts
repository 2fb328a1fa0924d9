import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/** What a path of a file names. */
export interface FilePath {
  readonly attachmentId: string;
  /** The picture that stands for a video is meant. */
  readonly cover: boolean;
}

/** Makes the paths under which files are served, and reads them. */
export interface FilePaths {
  /** The path for a place inside the mock, such as `/attachments/<id>/cat.png`; undefined when it is none. */
  sign(place: string): string | undefined;
  /** What a path names; undefined when nobody was given that path. */
  read(path: string): FilePath | undefined;
}

const PLACE = /^\/attachments\/(?<id>[0-9a-f]{32})\/(?<rest>.+)$/;
const SIGNED = /^\/attachments\/(?<id>[0-9a-f]{32})(?<mark>[0-9a-f]{32})\/(?<cover>cover\/)?[^/]*$/;
const MARK_DIGITS = 32;

/** Whether a path has the form of a file's, whatever stands before it. */
export const FILE_PATH = /\/attachments\/[0-9a-f]{64}\/(cover\/)?[^/]*$/;

/**
 * Ids of attachments follow from the log, so that runs repeat; paths must not. A path holds a mark that only this
 * process can make: who has it may read the file, as with the real service's addresses, and nobody can guess it.
 */
export function createFilePaths(secret: Uint8Array = crypto.getRandomValues(new Uint8Array(32))): FilePaths {
  const markOf = (id: string): string => bytesToHex(hmac(sha256, secret, utf8ToBytes(id))).slice(0, MARK_DIGITS);
  return {
    sign(place) {
      const { id, rest } = PLACE.exec(place)?.groups ?? {};
      return id === undefined || rest === undefined ? undefined : `/attachments/${id}${markOf(id)}/${rest}`;
    },
    read(path) {
      const { id, mark, cover } = SIGNED.exec(path)?.groups ?? {};
      if (id === undefined || mark === undefined || !equalTexts(mark, markOf(id))) return undefined;
      return { attachmentId: id, cover: cover !== undefined };
    },
  };
}

/** Compares in a time that does not tell where two texts of one length differ. */
function equalTexts(a: string, b: string): boolean {
  let difference = a.length ^ b.length;
  for (let i = 0; i < a.length; i++) difference |= a.charCodeAt(i) ^ b.charCodeAt(i);
  return difference === 0;
}
