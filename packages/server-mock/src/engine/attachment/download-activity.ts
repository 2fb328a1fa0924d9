/** A download that is under way on a device. */
export interface DownloadActivity {
  readonly kind: "download";
  /** The message, by its conversation and id. */
  readonly key: string;
  readonly messageId: string;
  /** Bytes. */
  readonly size: number;
  /** When it began, in milliseconds since 1970. */
  readonly began: number;
  /** Parts that have come so far. */
  readonly parts: number;
  /** When the next part comes. */
  readonly due: number;
}
