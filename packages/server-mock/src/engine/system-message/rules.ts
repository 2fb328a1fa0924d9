import { ErrorCode } from "@nimkit/sdk/protocol/enums";
import type { CallContext, DecideTable } from "../decide-table.ts";
import { accept, type Decision, refuse } from "../outcome.ts";
import type { SystemMessageEvent } from "./journal.ts";

/** The rpcs of SystemMessageService: the account's own list, which nobody else sees (behaviour.md B.9). */
export const systemMessageRules = {
  "systemMessage.fetchSystemNotifications": (_world, { limit }, { account }) => {
    if (limit < 1) return refuse(ErrorCode.BAD_PARAMETER, "limit");
    return accept({
      notifications: account.systemMessages
        .slice(-limit)
        .reverse()
        .map(({ message }) => message),
    });
  },
  "systemMessage.allNotificationsUnreadCount": (_world, _command, { account }) =>
    accept({ count: account.systemMessages.filter(({ message }) => !message.read).length }),
  "systemMessage.deleteAllNotifications": (_world, _command, { account }) =>
    accept({}, [{ type: "systemMessageDeleted", account: account.id }]),
  "systemMessage.markAllNotificationsAsRead": (_world, _command, { account }) =>
    accept({}, [{ type: "systemMessageRead", account: account.id }]),
  "systemMessage.setSystemMessageStatus": (_world, { messageId, messageStatus: status }, context) =>
    changeOne(context, { type: "systemMessageMarked", account: context.account.id, messageId, status }),
  "systemMessage.deleteSystemMessage": (_world, { messageId }, context) =>
    changeOne(context, { type: "systemMessageDeleted", account: context.account.id, messageId }),
  "systemMessage.setSystemMessageRead": (_world, { messageId }, context) =>
    changeOne(context, { type: "systemMessageRead", account: context.account.id, messageId }),
} satisfies Partial<DecideTable>;

/** Changes a message of the account: 404 when it has none of that id. */
function changeOne(
  { account }: CallContext,
  event: SystemMessageEvent & { readonly messageId?: string },
): Decision<object> {
  const isThere = account.systemMessages.some(({ message }) => message.messageId === event.messageId);
  return isThere ? accept({}, [event]) : refuse(ErrorCode.NOT_FOUND, "message_id");
}
