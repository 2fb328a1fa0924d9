// Transcripts of two runs, made comparable.
import { project } from "@nimkit/sdk/module";
import type { TranscriptLine } from "@nimkit/server-mock/scenarios";

/** A login's token is random by design. */
const RANDOM = new Set(["accessToken"]);

/**
 * Ids that follow from the place in the log that a call has beside the connects and disconnects of others. They are
 * numbered in the order in which they turn up, so that the same one must still stand in the same places.
 */
const MADE = new Set([
  "serverId",
  "teamId",
  "sessionId",
  "targetId",
  "messageId",
  "callId",
  "attachmentId",
  "uploadId",
  // Addresses of files hold such an id, and the way to the server.
  "url",
  "coverUrl",
  "path",
  "thumbPath",
  "filePath",
]);

/** What was seen, as plain JSON. The descriptor is no part of it. */
export function comparable(lines: readonly TranscriptLine[]): unknown {
  const numbers = new Map<unknown, number>();
  const numbered = (value: unknown): string => {
    if (!numbers.has(value)) numbers.set(value, numbers.size + 1);
    return `#${numbers.get(value)}`;
  };
  const seen = lines.map(({ schema: _, ...line }) => line);
  const plain = JSON.stringify(seen, (key, value: unknown) => {
    if (RANDOM.has(key)) return undefined;
    return MADE.has(key) && typeof value === "string" ? numbered(value) : value;
  });
  return JSON.parse(plain);
}

/** What of it the callback module can carry. */
export function projected(lines: readonly TranscriptLine[]): unknown {
  return comparable(
    lines.map((line) => {
      const { value, schema, platform } = line;
      return value && schema ? { ...line, value: project(platform, value, schema) } : line;
    }),
  );
}
