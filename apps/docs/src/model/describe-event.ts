import type { NimEvent } from "@nimkit/sdk";
import { LoginStep } from "@nimkit/sdk/protocol/enums";

const loginSteps = new Map<number, string>(
  Object.entries(LoginStep).map(([name, step]) => [step, name.toLowerCase().replaceAll("_", " ")]),
);

/** The one fact of an event that a reader of the log looks for; empty where the name says everything. */
export function describeEvent(event: NimEvent): string {
  switch (event.name) {
    case "loginStep":
      return loginSteps.get(event.value.step) ?? "";
    case "message": {
      const [first] = event.value.messages;
      return first
        ? `${first.from} → ${first.sessionId === first.from ? "" : first.sessionId}`.replace(/ → $/, "")
        : "";
    }
    case "messageSending":
    case "messageReceipt":
      return event.value.sessionId;
    case "messageRevoked":
      return event.value.fromUserId;
    default:
      return "";
  }
}
