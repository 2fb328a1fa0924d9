import { idlePeripherals } from "../device/peripherals.ts";
import { deviceOf, isConnected } from "../event/apply.ts";
import { hasFeed, offsetBeforeNext } from "../event/feed.ts";
import type { JournalEventOf } from "../journal.ts";
import type { Device, World } from "../world.ts";

/** The device is live from now on, with one token. */
export function applyLoggedIn(world: World, event: JournalEventOf<"loggedIn">): void {
  const account = world.accounts.get(event.account);
  if (!account) throw new Error(`journal names an unknown account ${event.account}`);
  const known = account.devices.get(event.deviceId);
  const device = known ?? newDevice(event.deviceId);
  if (!known) account.devices.set(device.id, device);
  if (device.tokenHash !== undefined) world.tokens.delete(device.tokenHash);
  if (known && !hasFeed(known)) {
    // What happened while the device was logged out is not in its feed: a new stream begins here.
    device.lastOffset = offsetBeforeNext(known);
    device.freshFrom = device.lastOffset;
  }
  device.platform = event.platform;
  device.status = "live";
  device.tokenHash = event.tokenHash;
  device.loginIndex = event.index;
  device.authTime = event.time;
  device.profilesSeen.clear();
  const { deviceId, platform, expiresAt } = event;
  world.tokens.set(event.tokenHash, { account: account.id, deviceId, platform, expiresAt });
}

function newDevice(id: string): Device {
  return {
    id,
    platform: "web",
    status: "live",
    tokenHash: undefined,
    loginIndex: 0,
    authTime: 0,
    profilesSeen: new Map(),
    stream: undefined,
    lastOffset: 0,
    freshFrom: 0,
    feed: [],
    overlays: new Map(),
    peripherals: idlePeripherals(),
  };
}

/** The device's token ends, and its feed unless it only has to log in again; what it keeps locally stays. */
export function applySessionEnded(world: World, event: JournalEventOf<"sessionEnded">): void {
  const device = deviceOf(world, event.account, event.deviceId);
  if (device.tokenHash !== undefined) world.tokens.delete(device.tokenHash);
  device.tokenHash = undefined;
  device.status = event.end;
  if (event.end === "loggedOut") device.authTime = event.time;
  if (!hasFeed(device)) device.feed.length = 0;
  if (device.stream === undefined) return;
  device.stream = undefined;
  const account = world.accounts.get(event.account);
  if (account && !isConnected(world, event.account)) account.caughtUpTo = event.index;
}
