/** Words of 32 random bits in an id: as many bits as a UUID has. */
const WORDS = 4;

/** A new id. `crypto.randomUUID` would do, but plain http has it on localhost only. */
export const randomId = (): string =>
  [...crypto.getRandomValues(new Uint32Array(WORDS))].map((word) => word.toString(16).padStart(8, "0")).join("");
