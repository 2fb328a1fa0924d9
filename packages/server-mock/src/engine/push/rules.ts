import type { EnablePushServiceReply } from "../../gen/commands.ts";
import type { CallContext, DecideTable } from "../decide-table.ts";
import { accept, type Decision } from "../outcome.ts";

/** The rpcs of PushService. */
export const pushRules = {
  "push.enablePushService": (_world, command, context) => decideEnable(command.enable, context),
} satisfies Partial<DecideTable>;

/**
 * Turns an Android device's push on or off. Elsewhere there is no such switch: iOS push depends on the app's certificates
 * (behaviour.md B.14), so the call succeeds and changes nothing.
 */
function decideEnable(
  enabled: boolean,
  { actor: { deviceId, platform }, account }: CallContext,
): Decision<EnablePushServiceReply> {
  const isOn = account.devices.get(deviceId)?.peripherals.pushEnabled;
  if (platform !== "android" || isOn === enabled) return accept({});
  return accept({}, [{ type: "pushSwitched", account: account.id, deviceId, enabled }]);
}
