import type { JournalEventOf } from "../journal.ts";
import type { Device, World } from "../world.ts";
import { appendToFeed } from "./feed.ts";

/** A device that an event names. An event about an unknown device is a defect of the engine. */
export function deviceOf(world: World, account: string, deviceId: string): Device {
  const device = world.accounts.get(account)?.devices.get(deviceId);
  if (!device) throw new Error(`journal names an unknown device of ${account}`);
  return device;
}

/** Adds the event to the device's feed. */
export function applyDelivered(world: World, event: JournalEventOf<"delivered">): void {
  const device = deviceOf(world, event.account, event.deviceId);
  const { offset, time, index } = event;
  appendToFeed(device, { offset, time, index, event: event.event });
}

/** Notes the open stream of a device; a newer one takes the place of an older. */
export function applyStreamOpened(world: World, event: JournalEventOf<"streamOpened">): void {
  deviceOf(world, event.account, event.deviceId).stream = event.stream;
}

/** Ends a device's stream and notes how far it got. */
export function applyStreamClosed(world: World, event: JournalEventOf<"streamClosed">): void {
  const account = world.accounts.get(event.account);
  const device = deviceOf(world, event.account, event.deviceId);
  device.stream = undefined;
  device.freshFrom = Math.max(device.freshFrom, event.sent);
  if (account && !isConnected(world, event.account)) account.caughtUpTo = event.index;
}

/** Whether any device of the account has an open stream. */
export function isConnected(world: World, account: string): boolean {
  for (const device of world.accounts.get(account)?.devices.values() ?? []) {
    if (device.stream !== undefined) return true;
  }
  return false;
}
