import { CallState } from "@nimkit/sdk/protocol/enums";
import type { CurrentCallIdCommand, CurrentCallIdReply } from "../../gen/commands.ts";
import type { CallContext } from "../decide-table.ts";
import { accept, type Decision } from "../outcome.ts";
import type { World } from "../world.ts";
import { callOfDevice } from "./find.ts";

/** The call that the device takes part in, and where it stands; no id and idle outside of calls. */
export function decideCurrentCallId(
  world: World,
  _command: CurrentCallIdCommand,
  { actor }: CallContext,
): Decision<CurrentCallIdReply> {
  const found = callOfDevice(world, actor.account, actor.deviceId);
  return accept(found ? { callId: found.call.id, state: found.part.state } : { state: CallState.IDLE });
}
