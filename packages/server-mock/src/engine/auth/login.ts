import { ErrorCode, KickReason } from "@nimkit/sdk/protocol/enums";
import type { LoginCommand, LoginReply } from "../../gen/commands.ts";
import { canonicalAccount } from "../account-id.ts";
import type { Actor, Platform } from "../entry.ts";
import type { Env } from "../env.ts";
import { isConnected } from "../event/apply.ts";
import { createDraft } from "../event/draft.ts";
import { hasFeed } from "../event/feed.ts";
import { MAX_DEVICES } from "../limits.ts";
import { handOverMissed } from "../message/missed.ts";
import { accept, type Decision, refuse } from "../outcome.ts";
import { startingMarks } from "../session/roaming.ts";
import type { Account, Device, World } from "../world.ts";
import { endToken, excludes, kickDevice } from "./kick.ts";
import { tokenTimerKey } from "./session.ts";

/** Logs a device in. The reply's token is empty: the host fills it in, so that no token enters the log. */
export function decideLogin(
  world: World,
  env: Env,
  caller: Pick<Actor, "deviceId" | "platform">,
  command: LoginCommand,
  tokenHash: string,
): Decision<LoginReply> {
  const account = world.accounts.get(canonicalAccount(command.userId));
  const refusal = refusalOf(account, command.password);
  if (!account || refusal !== undefined) return refuse(refusal ?? ErrorCode.INVALID_PASSWORD);

  const others = [...account.devices.values()].filter((d) => d.status === "live" && d.id !== caller.deviceId);
  const rivals = others.filter((d) => excludes(world.policy, d.platform, caller.platform));
  const known = account.devices.get(caller.deviceId);
  // A login after a restart forces nobody out, and a kicked device learns of it here (behaviour.md B.1).
  if (command.auto && (known?.status === "kicked" || (rivals.length > 0 && known?.status !== "live"))) {
    return refuse(ErrorCode.ALREADY_EXISTS);
  }
  if (world.policy.kickStrategy === "all" && others.length >= MAX_DEVICES) return refuse(ErrorCode.ALREADY_EXISTS);
  if (!command.auto && isTooSoon(world, known, env.now())) return refuse(ErrorCode.RATE_LIMITED);

  const draft = createDraft(world, env);
  for (const rival of rivals) kickDevice(draft, world, env, account.id, rival, KickReason.EXCLUSIVE, caller.platform);
  endToken(draft, world, known);
  const expiresAt = env.now() + world.policy.tokenLifetimeMs;
  draft.emit(loggedIn(account.id, caller, tokenHash, env, expiresAt));
  draft.emit({
    type: "timerSet",
    timer: {
      due: expiresAt,
      key: tokenTimerKey(account.id, caller.deviceId),
      action: { kind: "expireToken", account: account.id, deviceId: caller.deviceId },
    },
  });
  if (!known) {
    for (const [key, marks] of startingMarks(world, account, env.now())) {
      draft.emit({ type: "overlayMarked", account: account.id, deviceId: caller.deviceId, key, marks });
    }
  }
  // A device whose feed went on has everything in it already. What is handed over here waits for the others too, until
  // a stream was open: a device that is kicked before it reads takes nothing with it.
  if (!isConnected(world, account.id) && !(known && hasFeed(known))) {
    handOverMissed(world, draft, account, caller.deviceId, env.now());
  }
  return accept({ userId: account.id, accessToken: "", expiresAt }, draft.events);
}

function refusalOf(account: Account | undefined, password: string): ErrorCode | undefined {
  if (account?.flags.versionForbidden) return ErrorCode.VERSION_FORBIDDEN;
  if (account?.password === undefined || account.password !== password) return ErrorCode.INVALID_PASSWORD;
  if (account.flags.loginForbidden) return ErrorCode.FORBIDDEN;
  return account.flags.banned ? ErrorCode.ACCOUNT_BANNED : undefined;
}

/** Whether the device should have waited since its last login or logout. Attempts that failed do not count. */
function isTooSoon(world: World, device: Device | undefined, now: number): boolean {
  return device !== undefined && now - device.authTime < world.policy.loginPauseMs;
}

function loggedIn(
  account: string,
  caller: { readonly deviceId: string; readonly platform: Platform },
  tokenHash: string,
  env: Env,
  expiresAt: number,
) {
  const { deviceId, platform } = caller;
  const { index } = env;
  return { type: "loggedIn", account, deviceId, platform, tokenHash, time: env.now(), index, expiresAt } as const;
}
