import { AudioOutputDevice, ErrorCode } from "@nimkit/sdk/protocol/enums";
import type { SwitchAudioOutputDeviceReply } from "../../gen/commands.ts";
import type { CallContext, DecideTable } from "../decide-table.ts";
import { accept, type Decision, refuse } from "../outcome.ts";
import type { World } from "../world.ts";
import { endSounds, soundsOf } from "./device-sounds.ts";
import { decidePlay } from "./play.ts";
import { decideEndRecord, decideRecord } from "./record.ts";

/** The rpcs of AudioService: what a device plays and records, on the mock's time. */
export const audioRules = {
  "audio.switchAudioOutputDevice": (_world, command, context) => decideSwitch(command.outputDevice, context),
  "audio.isPlaying": (world, _command, context) => accept({ playing: sounds(world, context, "play") }),
  "audio.playAudio": decidePlay,
  "audio.stopPlay": (world, _command, { env, actor, account }) =>
    accept({}, endSounds(world, env, account.id, actor.deviceId, "play", "dropped")),
  "audio.isRecording": (world, _command, context) => accept({ recording: sounds(world, context, "record") }),
  "audio.recordAudioForDuration": decideRecord,
  "audio.cancelRecord": (world, _command, context) => decideEndRecord(world, "dropped", context),
  "audio.stopRecord": (world, _command, context) => decideEndRecord(world, "kept", context),
} satisfies Partial<DecideTable>;

const sounds = (world: World, { actor, account }: CallContext, kind: "play" | "record"): boolean =>
  soundsOf(world, account.id, actor.deviceId, kind).length > 0;

const OUTPUTS: readonly AudioOutputDevice[] = [AudioOutputDevice.EARPIECE, AudioOutputDevice.SPEAKER];

/** The choice lasts as long as the device is known; it changes nothing that an app can hear here. */
function decideSwitch(
  output: AudioOutputDevice,
  { actor: { deviceId }, account }: CallContext,
): Decision<SwitchAudioOutputDeviceReply> {
  if (!OUTPUTS.includes(output)) return refuse(ErrorCode.BAD_PARAMETER, "output_device");
  if (account.devices.get(deviceId)?.peripherals.audioOutput === output) return accept({});
  return accept({}, [{ type: "audioOutputChosen", account: account.id, deviceId, output }]);
}
