import { MessageType } from "@nimkit/sdk/protocol/enums";

/** Whether a message of this type counts as unread: all but team notifications (behaviour.md B.2). */
export function isCounted(type: MessageType): boolean {
  return type !== MessageType.NOTIFICATION;
}
