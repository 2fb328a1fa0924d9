import type { NimEvent } from "@nimkit/sdk";
import type { Message } from "@nimkit/sdk/protocol";
import { KickReason, LoginStep, SessionType } from "@nimkit/sdk/protocol/enums";

const namesOf = (values: Readonly<Record<string, number>>) =>
  new Map(Object.entries(values).map(([name, value]) => [value, name.toLowerCase().replaceAll("_", " ")]));
const loginSteps = namesOf(LoginStep);
const kickReasons = namesOf(KickReason);

/** The one fact of an event that a reader of the log looks for; empty where the name says everything. */
export function describeEvent(event: NimEvent): string {
  switch (event.name) {
    case "loginStep":
      return loginSteps.get(event.value.step) ?? "";
    case "kick":
      return kickReasons.get(event.value.reason) ?? "";
    case "messageSending":
      return `→ ${event.value.sessionId}`;
    case "message":
      return event.value.messages.map(sourceOf).join(", ");
    case "messageReceipt":
      return `← ${event.value.sessionId}`;
    case "messageRevoked":
      return `← ${event.value.fromUserId}`;
    default:
      return "";
  }
}

/** Who wrote a message, and in which team. */
function sourceOf({ from, sessionId, sessionType }: Message): string {
  return sessionType === SessionType.P2P ? `← ${from}` : `← ${from} # ${sessionId}`;
}
