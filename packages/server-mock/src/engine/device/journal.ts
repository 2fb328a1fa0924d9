/** Facts about a device's peripherals and activities. */
export type DeviceEvent = never;
