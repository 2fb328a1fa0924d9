import { KickReason } from "@nimkit/sdk/protocol/enums";
import { tellParts } from "../device/lifecycle.ts";
import type { Platform } from "../entry.ts";
import type { Env } from "../env.ts";
import type { Draft } from "../event/draft.ts";
import type { Policy } from "../policy.ts";
import type { Device, SessionEnd, World } from "../world.ts";
import { CLIENT_TYPES, tokenTimerKey } from "./session.ts";

const isPhone = (platform: Platform): boolean => platform !== "web";

/** Whether two devices of an account may not be logged in together (behaviour.md B.1, kick matrix). */
export function excludes(policy: Policy, a: Platform, b: Platform): boolean {
  switch (policy.kickStrategy) {
    case "single":
      return true;
    case "default":
      return isPhone(a) === isPhone(b);
    case "all":
      return false;
    case "custom":
      return policy.kickPairs.some(([x, y]) => (x === a && y === b) || (x === b && y === a));
  }
}

/** Clears the timer of the token that the device has; applying what comes next forgets the token itself. */
export function endToken(draft: Draft, world: World, device: Device | undefined): void {
  const token = device?.tokenHash === undefined ? undefined : world.tokens.get(device.tokenHash);
  if (device?.tokenHash === undefined || !token) return;
  draft.emit({ type: "timerCleared", due: token.expiresAt, key: tokenTimerKey(token.account, token.deviceId) });
}

/** Logs a device out: its token ends, its feed is told nothing more. */
export function endSession(
  draft: Draft,
  world: World,
  env: Env,
  account: string,
  device: Device,
  end: SessionEnd,
): void {
  if (device.status === "live") tellParts("sessionEnds", draft, world, env, account, device.id, end);
  closeSession(draft, world, env, account, device, end);
}

function closeSession(draft: Draft, world: World, env: Env, account: string, device: Device, end: SessionEnd): void {
  endToken(draft, world, device);
  draft.emit({ type: "sessionEnded", account, deviceId: device.id, end, time: env.now(), index: env.index });
}

/** Tells a device that it is kicked, and logs it out. */
export function kickDevice(
  draft: Draft,
  world: World,
  env: Env,
  account: string,
  device: Device,
  reason: KickReason,
  winner?: Platform,
): void {
  // What else the device hears comes before the kick: after it a client listens to nothing.
  tellParts("sessionEnds", draft, world, env, account, device.id, "kicked");
  const value = winner === undefined ? { reason } : { reason, clientType: CLIENT_TYPES[winner] };
  draft.deliverTo(account, device.id, { payload: { case: "kick", value } });
  closeSession(draft, world, env, account, device, "kicked");
}

/** Kicks from outside: one device of the account, or all. */
export function decideKick(
  draft: Draft,
  world: World,
  env: Env,
  account: string,
  deviceId: string | undefined,
  reason: KickReason,
): void {
  for (const device of world.accounts.get(account)?.devices.values() ?? []) {
    if (device.status !== "live" || (deviceId !== undefined && device.id !== deviceId)) continue;
    kickDevice(draft, world, env, account, device, reason === KickReason.UNSPECIFIED ? KickReason.SERVER : reason);
  }
}
