// The files on the phones of the samples: small, but real enough to be measured.

const fromBase64 = (text: string): Uint8Array => Uint8Array.from(atob(text), (character) => character.charCodeAt(0));

/** A recording of 8-bit samples in which nothing is heard. */
function wav(ms: number): Uint8Array {
  const rate = 8000;
  const size = (rate * ms) / 1000;
  const bytes = new Uint8Array(44 + size).fill(0x80, 44);
  const header = new DataView(bytes.buffer);
  const words: readonly (readonly [number, string])[] = [
    [0, "RIFF"],
    [8, "WAVEfmt "],
    [36, "data"],
  ];
  for (const [at, word] of words) bytes.set(new TextEncoder().encode(word), at);
  header.setUint32(4, 36 + size, true);
  header.setUint32(16, 16, true);
  header.setUint16(20, 1, true);
  header.setUint16(22, 1, true);
  header.setUint32(24, rate, true);
  header.setUint32(28, rate, true);
  header.setUint16(32, 1, true);
  header.setUint16(34, 8, true);
  header.setUint32(40, size, true);
  return bytes;
}

const files: Readonly<Record<string, Uint8Array>> = {
  "fs://pictures/harbour.png": fromBase64(
    "iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAASFvFNAAAADklEQVR4nGM4AQMMcBYAjLQOETxAoQ8AAAAASUVORK5CYII=",
  ),
  "fs://voice/hello.wav": wav(1500),
  "fs://clips/kite.mp4": fromBase64(
    "AAAAGGZ0eXBpc29tAAACAGlzb21tcDQxAAACmW1vb3YAAABsbXZoZAAAAADnLBBE5ywQRAAA4QAAAcIAAAEAAAEAAAAAAAAAAAAAAAABAAAAAAAAAAAAAAAAAAAAAQAAAAAAAAAAAAAAAAAAQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAIAAAIldHJhawAAAFx0a2hkAAAAA+csEETnLBBEAAAAAQAAAAAAAcIAAAAAAAAAAAAAAAAAAAAAAAABAAAAAAAAAAAAAAAAAAAAAQAAAAAAAAAAAAAAAAAAQAAAAAAgAAAAEgAAAAABwW1kaWEAAAAgbWRoZAAAAADnLBBE5ywQRAAAAAIAAAAEVcQAAAAAADdoZGxyAAAAAG1obHJ2aWRlAAAAAAAAAAAAAAAATWVkaWFidW5ueVZpZGVvSGFuZGxlcgAAAAFibWluZgAAABR2bWhkAAAAAQAAAAAAAAAAAAAAJGRpbmYAAAAcZHJlZgAAAAAAAAABAAAADHVybCAAAAABAAABInN0YmwAAACOc3RzZAAAAAAAAAABAAAAfnZwMDkAAAAAAAAAAQAAAAAAAAAAAAAAAAAAAAAAIAASAEgAAABIAAAAAAAAAAESTWVkaWFidW5ueSB2MS42MS4wAAAAAAAAAAAAAAAAAAAY//8AAAAUdnBjQwEAAAAACoIBAQEAAAAAABRidHJ0AAAAAAAAAIAAAACAAAAAGHN0dHMAAAAAAAAAAQAAAAQAAAABAAAAHHN0c2MAAAAAAAAAAQAAAAEAAAABAAAAAQAAACRzdHN6AAAAAAAAAAAAAAAEAAAACAAAAAgAAAAIAAAACAAAACBzdGNvAAAAAAAAAAQAAAK5AAACwQAAAskAAALRAAAAFHN0c3MAAAAAAAAAAQAAAAEAAAAobWRhdIJJg0IAAQAAgkmDQgABAAGCSYNCAAEAAoJJg0IAAQAD",
  ),
  "fs://papers/minutes.txt": new TextEncoder().encode("We met. We drank tea."),
};

/** Reads a file of the phone. */
export async function resolveFile(path: string): Promise<Uint8Array> {
  const content = files[path];
  if (content === undefined) throw new Error(`this phone has no ${path}`);
  return content;
}
