import { ErrorCode } from "@nimkit/sdk/protocol/enums";
import type { UpdateMyUserInfoCommand, UpdateMyUserInfoReply } from "../../gen/commands.ts";
import type { CallContext } from "../decide-table.ts";
import { createDraft } from "../event/draft.ts";
import { MAX_AVATAR_URL, MAX_EMAIL, MAX_MOBILE, MAX_NICKNAME, MAX_PROFILE_EXT, MAX_SIGN } from "../limits.ts";
import { characters, jsonRefusal } from "../message/user-json.ts";
import { accept, type Decision, type Refusal, refuse } from "../outcome.ts";
import type { Profile, World } from "../world.ts";

interface TextRule {
  readonly field: string;
  readonly max: number;
  readonly form?: RegExp;
}

type TextKey = "nickname" | "avatarUrl" | "sign" | "email" | "birth" | "mobile";

// Forms as loose as the vendor's: one @ with a dot behind it, a calendar day, digits. Each is linear in the input.
const TEXT_RULES: Readonly<Record<TextKey, TextRule>> = {
  nickname: { field: "nickname", max: MAX_NICKNAME },
  avatarUrl: { field: "avatar_url", max: MAX_AVATAR_URL, form: /^https?:\/\/[^/]/ },
  sign: { field: "sign", max: MAX_SIGN },
  email: { field: "email", max: MAX_EMAIL, form: /^[^\s@]+@[^\s@]+$/ },
  birth: { field: "birth", max: 10, form: /^\d{4}-\d{2}-\d{2}$/ },
  mobile: { field: "mobile", max: MAX_MOBILE, form: /^\+?\d[\d -]*$/ },
};

const TEXT_KEYS: readonly TextKey[] = ["nickname", "avatarUrl", "sign", "email", "birth", "mobile"];

/** Changes the caller's profile: an absent field stays, an empty text clears (behaviour.md B.11). */
export function decideUpdateProfile(
  world: World,
  command: UpdateMyUserInfoCommand,
  { env, account }: CallContext,
): Decision<UpdateMyUserInfoReply> {
  const refusal = refusalOf(command);
  if (refusal) return refuse(refusal.code, refusal.field);
  const profile = changedProfile(account.profile, command);
  const draft = createDraft(world, env);
  draft.emit({ type: "profileChanged", account: account.id, profile, index: env.index });
  // All devices, the calling one too: the native SDKs tell their listener of one's own change.
  draft.deliver(account.id, { payload: { case: "userUpdated", value: { user: { userId: account.id, ...profile } } } });
  return accept({}, draft.events);
}

function refusalOf(command: UpdateMyUserInfoCommand): Refusal | undefined {
  for (const key of TEXT_KEYS) {
    const value = command[key];
    if (value === undefined || value === "") continue;
    const { field, max, form } = TEXT_RULES[key];
    if (characters(value) > max) return { code: ErrorCode.PARAMETER_TOO_LONG, field };
    if (form && !form.test(value)) return { code: ErrorCode.BAD_PARAMETER, field };
    if (key === "birth" && !isCalendarDay(value)) return { code: ErrorCode.BAD_PARAMETER, field };
  }
  const extCode = command.ext && jsonRefusal(command.ext, MAX_PROFILE_EXT);
  return extCode === undefined ? undefined : { code: extCode, field: "ext" };
}

function isCalendarDay(text: string): boolean {
  const [year = 0, month = 0, day = 0] = text.split("-").map(Number);
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  return days !== undefined && day >= 1 && day <= days;
}

function changedProfile(profile: Profile, command: UpdateMyUserInfoCommand): Profile {
  const texts: { -readonly [K in TextKey | "ext"]?: string } = {};
  for (const key of [...TEXT_KEYS, "ext"] as const) {
    const given = key === "ext" ? command.ext && JSON.stringify(command.ext) : command[key];
    const value = given ?? profile[key];
    if (value !== undefined && value !== "") texts[key] = value;
  }
  return { gender: command.gender ?? profile.gender, ...texts };
}
