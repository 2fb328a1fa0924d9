import { AudioPlayEvent, AudioRecordEvent, ErrorCode } from "@nimkit/sdk/protocol/enums";
import { fileAddress } from "../attachment/address.ts";
import type { StoredFile } from "../attachment/attachment.ts";
import type { Env } from "../env.ts";
import type { JournalEvent } from "../journal.ts";
import type { World } from "../world.ts";
import { RECORDING_TYPE, silenceBlob, silenceBytes } from "./recording.ts";
import { type SoundActivity, type SoundPlace, soundTimerKey } from "./sound.ts";

/**
 * Ends a playback or a recording. A recording that is `kept` becomes a file of the account, unless the policy's microphone
 * fails; one that is `dropped` leaves nothing.
 */
export function endSound(
  world: World,
  env: Env,
  place: SoundPlace,
  activity: SoundActivity,
  recording: "kept" | "dropped",
): readonly JournalEvent[] {
  const { call } = place;
  const over: readonly JournalEvent[] = [
    { type: "soundEnded", ...place },
    { type: "timerCleared", due: activity.due, key: soundTimerKey(call) },
  ];
  if (activity.kind === "play") return [...over, ...lastStep(call, { eventType: AudioPlayEvent.END })];
  if (recording === "dropped") return [...over, ...lastStep(call, { eventType: AudioRecordEvent.CANCEL })];
  if (world.policy.microphone === "failing") {
    return [...over, { type: "progressEnded", call, error: ErrorCode.RECORDING_FAILED }];
  }
  const file = recordedFile(env, place.account, env.now() - activity.began);
  const filePath = fileAddress(file);
  return [
    ...over,
    { type: "recordingStored", file },
    ...lastStep(call, { eventType: AudioRecordEvent.SUCCESS, filePath }),
  ];
}

type LastStep = Extract<JournalEvent, { readonly type: "progressed" }>["reply"];

function lastStep(call: number, reply: LastStep): readonly JournalEvent[] {
  return [
    { type: "progressed", call, reply },
    { type: "progressEnded", call },
  ];
}

/** What was recorded: the mock hears nothing, so it is silence of that length. */
function recordedFile(env: Env, owner: string, duration: number): Omit<StoredFile, "sharedIn"> {
  const attachmentId = env.id("recording");
  return {
    attachmentId,
    owner,
    index: env.index,
    name: "recording.wav",
    size: silenceBytes(duration),
    mimeType: RECORDING_TYPE,
    blob: silenceBlob(duration),
    // Nobody compares it: whoever sends the recording uploads its bytes, whose sum is worked out then.
    md5: attachmentId,
    duration,
  };
}
