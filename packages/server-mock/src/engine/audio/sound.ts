/** A playback that goes on on a device. */
export interface PlayActivity {
  readonly kind: "play";
  /** When it is over by itself, in milliseconds since 1970. */
  readonly due: number;
}

/** A recording that goes on on a device. */
export interface RecordActivity {
  readonly kind: "record";
  /** When it began, in milliseconds since 1970. */
  readonly began: number;
  /** When it is at its longest. */
  readonly due: number;
}

/** What sounds on a device, or is recorded there. */
export type SoundActivity = PlayActivity | RecordActivity;

/** Where something sounds. */
export interface SoundPlace {
  readonly account: string;
  readonly deviceId: string;
  /** Index of the entry that began it. */
  readonly call: number;
}

/** A file that every device has at a path, as far as playing it goes. */
export interface LocalSound {
  /** Milliseconds; 0 for a file without sound in it. Absent: as long as the policy says. */
  readonly durationMs?: number;
  readonly unreadable: boolean;
}

/** Key of the timer that ends it by itself. */
export const soundTimerKey = (call: number): string => `sound ${call}`;
