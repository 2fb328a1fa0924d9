import { md5 } from "@noble/hashes/legacy.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { imageSize } from "image-size";
import type { FileFacts } from "../engine/attachment/attachment.ts";

/** Bytes that are hashed at a time; in between the page or server does other things. */
const HASHED_BYTES = 1_048_576;
/** Bytes at the beginning of a picture in which its size must stand: more than any header, EXIF preview included. */
const HEADER_BYTES = 4 * 1_048_576;
/** Orientations of a photo that swap width and height, by EXIF. */
const FIRST_TURNED = 5;
/** Types behind which a recording or a video may be: only then is the large library loaded. */
const MEDIA = /^(audio|video)\/|^application\/(octet-stream|ogg|mp4)$/i;

type Measures = Omit<FileFacts, "blob" | "md5">;

/** Works out what the bytes of a file are. What nothing can read is just bytes. */
export async function inspectFile(file: Blob, declaredType: string): Promise<FileFacts> {
  const hashes = await hashFile(file);
  const picture = await measurePicture(file);
  const measures = picture ?? (MEDIA.test(declaredType) ? await measureMedia(file) : {});
  return { ...hashes, ...measures };
}

async function hashFile(file: Blob): Promise<Pick<FileFacts, "blob" | "md5">> {
  const digests = { blob: sha256.create(), md5: md5.create() };
  for (let at = 0; at < file.size; at += HASHED_BYTES) {
    const bytes = new Uint8Array(await file.slice(at, at + HASHED_BYTES).arrayBuffer());
    digests.blob.update(bytes);
    digests.md5.update(bytes);
  }
  return { blob: bytesToHex(digests.blob.digest()), md5: bytesToHex(digests.md5.digest()) };
}

const PICTURE_TYPES: Readonly<Record<string, string>> = {
  avif: "image/avif",
  bmp: "image/bmp",
  gif: "image/gif",
  heic: "image/heic",
  heif: "image/heif",
  ico: "image/x-icon",
  jpg: "image/jpeg",
  png: "image/png",
  svg: "image/svg+xml",
  tiff: "image/tiff",
  webp: "image/webp",
};

async function measurePicture(file: Blob): Promise<Measures | undefined> {
  const head = new Uint8Array(await file.slice(0, HEADER_BYTES).arrayBuffer());
  try {
    const { width, height, type = "", orientation = 1 } = imageSize(head);
    const [across, down] = orientation < FIRST_TURNED ? [width, height] : [height, width];
    const mimeType = PICTURE_TYPES[type];
    return { ...(mimeType === undefined ? {} : { mimeType }), ...pixels(across, down) };
  } catch {
    // No picture.
    return undefined;
  }
}

async function measureMedia(file: Blob): Promise<Measures> {
  const { ALL_FORMATS, BlobSource, Input } = await import("mediabunny");
  const input = new Input({ formats: ALL_FORMATS, source: new BlobSource(file) });
  try {
    const [seconds, video, type] = [
      await input.computeDuration(),
      await input.getPrimaryVideoTrack(),
      await input.getMimeType(),
    ];
    return {
      // Codecs stand behind a semicolon.
      mimeType: type.split(";", 1)[0] ?? type,
      ...(seconds > 0 && Number.isFinite(seconds) ? { duration: Math.round(seconds * 1000) } : {}),
      ...(video ? pixels(await video.getDisplayWidth(), await video.getDisplayHeight()) : {}),
    };
  } catch {
    // A format that it does not know, or a damaged file.
    return {};
  } finally {
    input.dispose();
  }
}

function pixels(width: number, height: number): Pick<Measures, "width" | "height"> {
  const [across, down] = [Math.round(width), Math.round(height)];
  return across > 0 && down > 0 && across < 2 ** 31 && down < 2 ** 31 ? { width: across, height: down } : {};
}
