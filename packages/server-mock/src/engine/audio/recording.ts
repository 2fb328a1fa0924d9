/** The type of what the mock records. The native SDKs give AAC or AMR; this one needs no encoder and plays everywhere. */
export const RECORDING_TYPE = "audio/wav";

/** Samples of 8 bits in a second. */
export const RECORDING_RATE = 8000;
/** Bytes before the samples. */
export const WAV_HEADER_BYTES = 44;

const SILENCE = /^silence:(\d+)$/;

/** Where the host finds the bytes of a silent recording: nowhere, it makes them. */
export const silenceBlob = (ms: number): string => `silence:${ms}`;

/** Milliseconds of the silent recording that a blob's name means; undefined for any other blob. */
export function silenceOf(blob: string): number | undefined {
  const [, ms] = SILENCE.exec(blob) ?? [];
  return ms === undefined ? undefined : Number(ms);
}

/** Bytes of a silent recording. */
export const silenceBytes = (ms: number): number => WAV_HEADER_BYTES + Math.round((ms * RECORDING_RATE) / 1000);
