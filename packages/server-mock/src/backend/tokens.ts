import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";

/** Access tokens: opaque to the client, known to the engine by their hash alone (reliability.md S6). */
export interface Tokens {
  /** A fresh token of 128 random bits, and its hash. */
  issue(): { readonly token: string; readonly hash: string };
  /** SHA-256 of a token in hexadecimal. */
  hash(token: string): string;
}

/** Hashes that are kept, because a client sends the same token with every call. */
const CACHE_SIZE = 10_000;

/** Creates the maker of tokens. `random` fills an array with random bytes; default: the platform's secure source. */
export function createTokens(random: (bytes: Uint8Array<ArrayBuffer>) => void = fillRandom): Tokens {
  const cache = new Map<string, string>();
  const hash = (token: string): string => {
    const known = cache.get(token);
    if (known !== undefined) return known;
    const made = bytesToHex(sha256(utf8ToBytes(token)));
    if (cache.size >= CACHE_SIZE) cache.clear();
    cache.set(token, made);
    return made;
  };
  return {
    issue() {
      const bytes = new Uint8Array(16);
      random(bytes);
      const token = base64Url(bytes);
      return { token, hash: hash(token) };
    },
    hash,
  };
}

/** 128 random bits in hexadecimal, for an epoch. */
export function randomName(): string {
  const bytes = new Uint8Array(16);
  fillRandom(bytes);
  return bytesToHex(bytes);
}

function fillRandom(bytes: Uint8Array<ArrayBuffer>): void {
  crypto.getRandomValues(bytes);
}

function base64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}
