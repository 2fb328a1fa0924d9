import { AudioRecordEvent, ErrorCode } from "@nimkit/sdk/protocol/enums";
import type { RecordAudioForDurationCommand, RecordAudioForDurationReply } from "../../gen/commands.ts";
import type { CallContext } from "../decide-table.ts";
import { MAX_RECORDING_SECONDS } from "../limits.ts";
import { accept, type Decision, refuse } from "../outcome.ts";
import type { World } from "../world.ts";
import { endSounds, isInCall, soundsOf } from "./device-sounds.ts";
import { soundTimerKey } from "./sound.ts";

/**
 * Begins a recording, which ends when it is stopped, cancelled or at its longest (behaviour.md B.14). The microphone is
 * taken by another recording, and by a call.
 */
export function decideRecord(
  world: World,
  { duration }: RecordAudioForDurationCommand,
  { env, actor: { deviceId }, account }: CallContext,
): Decision<RecordAudioForDurationReply> {
  if (!(duration >= 1 && duration <= MAX_RECORDING_SECONDS)) return refuse(ErrorCode.BAD_PARAMETER, "duration");
  if (world.policy.microphone === "denied") return refuse(ErrorCode.MICROPHONE_DENIED);
  const isTaken = soundsOf(world, account.id, deviceId, "record").length > 0;
  if (isTaken || isInCall(world, account.id, deviceId)) return refuse(ErrorCode.RECORDING_INIT_FAILED);

  const began = env.now();
  const due = began + duration * 1000;
  const place = { account: account.id, deviceId, call: env.index };
  const reply = { eventType: AudioRecordEvent.START };
  return accept(reply, [
    { type: "soundBegan", ...place, activity: { kind: "record", began, due } },
    { type: "timerSet", timer: { due, key: soundTimerKey(env.index), action: { kind: "activityDue", ...place } } },
    { type: "progressed", call: env.index, reply },
  ]);
}

/** Ends the device's recording, if there is one, and keeps it or throws it away. */
export function decideEndRecord(
  world: World,
  recording: "kept" | "dropped",
  { env, actor, account }: CallContext,
): Decision<object> {
  return accept({}, endSounds(world, env, account.id, actor.deviceId, "record", recording));
}
