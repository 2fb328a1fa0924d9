import { AudioPlayEvent, ErrorCode } from "@nimkit/sdk/protocol/enums";
import type { PlayAudioCommand, PlayAudioReply } from "../../gen/commands.ts";
import { readableFile } from "../attachment/access.ts";
import { attachmentAt } from "../attachment/address.ts";
import type { CallContext } from "../decide-table.ts";
import { accept, type Decision, refuse } from "../outcome.ts";
import type { Account, World } from "../world.ts";
import { endSounds, isInCall } from "./device-sounds.ts";
import { soundTimerKey } from "./sound.ts";

/**
 * Plays a file for as long as it lasts. A second playback takes the place of the first, which ends: the native player
 * plays one file, and no code says that it is taken. During a call it does not start.
 */
export function decidePlay(
  world: World,
  { filePath }: PlayAudioCommand,
  { env, actor: { deviceId }, account }: CallContext,
): Decision<PlayAudioReply> {
  const duration = soundAt(world, account, filePath);
  if (duration === "unreadable") return refuse(ErrorCode.FILE_IO_FAILED, "file_path");
  if (duration === 0) return refuse(ErrorCode.MEDIA_INVALID, "file_path");
  if (world.policy.player === "failing" || isInCall(world, account.id, deviceId)) {
    return refuse(ErrorCode.PLAYBACK_INIT_FAILED);
  }
  const due = env.now() + duration;
  const place = { account: account.id, deviceId, call: env.index };
  const reply = { eventType: AudioPlayEvent.START };
  return accept(reply, [
    ...endSounds(world, env, account.id, deviceId, "play", "dropped"),
    { type: "soundBegan", ...place, activity: { kind: "play", due } },
    { type: "timerSet", timer: { due, key: soundTimerKey(env.index), action: { kind: "activityDue", ...place } } },
    { type: "progressed", call: env.index, reply },
  ]);
}

const HAS_SOUND = /^(audio|video|application\/octet-stream$)/;

/**
 * Milliseconds that a file plays: an attachment or a recording by what is known of it, a path by the seed, and any other
 * by the policy, for the mock does not have the app's files. 0 for one without sound.
 */
function soundAt(world: World, account: Account, path: string): number | "unreadable" {
  const attachmentId = attachmentAt(path);
  if (attachmentId !== undefined) {
    const file = readableFile(world, account, attachmentId);
    if (!file) return "unreadable";
    return HAS_SOUND.test(file.mimeType) ? (file.duration ?? world.policy.audioMs) : 0;
  }
  const sound = world.sounds.get(path);
  return sound?.unreadable ? "unreadable" : (sound?.durationMs ?? world.policy.audioMs);
}
