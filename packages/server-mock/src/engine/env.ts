import type { LogEntry } from "./entry.ts";

/** Time, chance and ids of one entry. The engine has no other source of them. */
export interface Env {
  /** Time of the entry in milliseconds since 1970. */
  now(): number;
  /** Index of the entry in the log. */
  readonly index: number;
  /** The next number in [0, 1) of a named stream. Streams do not disturb each other. */
  random(stream: string): number;
  /** A fresh id: 32 hexadecimal digits that name the purpose, the entry and the count within it. */
  id(purpose: string): string;
  /** A fresh whole number in decimal, as the server's own ids are: larger than all before it in the log. */
  serial(): string;
}

/** Serials that one entry may use before they meet those of the next: a text of 2^53 holds 9 * 10^12 entries of them. */
const SERIALS_PER_ENTRY = 1000;

/** FNV-1a over UTF-16 units; spreads a stream's name over the seed. */
function hashName(name: string, seed: number): number {
  let hash = (0x811c9dc5 ^ seed) >>> 0;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193) >>> 0;
  return hash;
}

/** splitmix32: one step of a generator with 32 bits of state. */
export function splitmix32(state: number): number {
  let z = (state + 0x9e3779b9) >>> 0;
  z = Math.imul(z ^ (z >>> 16), 0x21f0aaad) >>> 0;
  z = Math.imul(z ^ (z >>> 15), 0x735a2d97) >>> 0;
  return (z ^ (z >>> 15)) >>> 0;
}

/** Builds the environment of one entry from its time, seed and index alone. */
export function createEnv(entry: Pick<LogEntry, "time" | "seed" | "index">): Env {
  const states = new Map<string, number>();
  const next = (stream: string): number => {
    const state = ((states.get(stream) ?? hashName(stream, entry.seed)) + 0x9e3779b9) >>> 0;
    states.set(stream, state);
    return splitmix32(state);
  };
  let serials = 0;
  const hex = (value: number) => value.toString(16).padStart(8, "0");
  return {
    now: () => entry.time,
    index: entry.index,
    random: (stream) => next(stream) / 0x1_0000_0000,
    serial: () => String(entry.index * SERIALS_PER_ENTRY + serials++),
    // The index is part of the id, so ids of different entries differ whatever the generator gives.
    id: (purpose) =>
      hex(next(purpose)) + hex(next(purpose)) + hex(next(purpose)) + hex((entry.index + 0x1_0000_0000) % 0x1_0000_0000),
  };
}
