import { RECORDING_RATE, RECORDING_TYPE, silenceBytes, WAV_HEADER_BYTES } from "../engine/audio/recording.ts";

/** The middle of 8-bit samples: no sound. */
const MIDDLE = 0x80;
const PCM = 1;
const MONO = 1;
const BITS = 8;
/** Bytes of the part of the header that describes the samples. */
const FORMAT_BYTES = 16;

/** A recording in which nothing is heard: a WAV file of 8-bit samples. */
export function silence(ms: number): Blob {
  const size = silenceBytes(ms);
  const bytes = new Uint8Array(size).fill(MIDDLE, WAV_HEADER_BYTES);
  const header = new DataView(bytes.buffer);
  const text = (at: number, name: string): void => bytes.set(new TextEncoder().encode(name), at);
  text(0, "RIFF");
  header.setUint32(4, size - 8, true);
  text(8, "WAVEfmt ");
  header.setUint32(16, FORMAT_BYTES, true);
  header.setUint16(20, PCM, true);
  header.setUint16(22, MONO, true);
  header.setUint32(24, RECORDING_RATE, true);
  header.setUint32(28, RECORDING_RATE, true);
  header.setUint16(32, 1, true);
  header.setUint16(34, BITS, true);
  text(36, "data");
  header.setUint32(40, size - WAV_HEADER_BYTES, true);
  return new Blob([bytes], { type: RECORDING_TYPE });
}
