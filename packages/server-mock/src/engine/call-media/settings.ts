import { CallState, CallType, ErrorCode } from "@nimkit/sdk/protocol/enums";
import { deviceKey } from "../call/call.ts";
import { type CallSettings, INITIAL_SETTINGS } from "../call/device-call.ts";
import { callOfDevice } from "../call/find.ts";
import { stateRefusal } from "../call/states.ts";
import type { CallContext } from "../decide-table.ts";
import { accept, type Decision, refuse } from "../outcome.ts";
import type { World } from "../world.ts";

/** What a setting does to the device's switches. */
export type SettingChange = (settings: CallSettings) => CallSettings;

/**
 * Sets a switch of the device's call: 20001 while its engine does not run, 20002 if it fails, as a camera does in a
 * voice call (behaviour.md A.4).
 */
export function decideSetting(
  world: World,
  { actor }: CallContext,
  needs: "sound" | "picture",
  change: SettingChange,
): Decision<object> {
  const { account, deviceId, platform } = actor;
  const found = callOfDevice(world, account, deviceId);
  const refusal = stateRefusal(found?.part.state ?? CallState.IDLE, "setMedia", platform);
  if (!found || refusal !== undefined) return refuse(refusal ?? ErrorCode.CALL_ENGINE_NOT_STARTED);
  const hasPicture = found.call.type === CallType.VIDEO;
  if (world.policy.callMediaFails || (needs === "picture" && !hasPicture)) {
    return refuse(ErrorCode.CALL_OPERATION_FAILED);
  }
  const settings = world.calls.devices.get(deviceKey(account, deviceId))?.settings ?? INITIAL_SETTINGS;
  return accept({}, [{ type: "callSettingsChanged", account, deviceId, settings: change(settings) }]);
}
