/** What a device has besides its login: microphone, player and switches. */
export interface Peripherals {
  /** The rpc streams that the device reads steps of, by the index of the entry that began them. */
  readonly activities: Map<number, Activity>;
}

/** Something that a device does for a while and reports in steps: a playback, a recording, a download. */
export interface Activity {
  readonly kind: "play" | "record" | "download";
}

/** What falls due on a device. */
export type DeviceTimer = {
  readonly kind: "activityDue";
  readonly account: string;
  readonly deviceId: string;
  /** Index of the entry that began the activity. */
  readonly call: number;
};

/** A device that does nothing. */
export function idlePeripherals(): Peripherals {
  return { activities: new Map() };
}
