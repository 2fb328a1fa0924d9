import { MessageType, SessionType } from "@nimkit/sdk/protocol/enums";
import { conversationKey, newConversation } from "../message/conversation.ts";
import { isCounted } from "../message/counted.ts";
import { messageData } from "../message/message-data.ts";
import type { StoredMessage } from "../world.ts";
import { type CallEnding, RECORD_STATES, type RecordState, recordStateOf } from "./endings.ts";
import type { CallScene } from "./scene.ts";

/** What the native record message calls each record state (behaviour.md A.4: bill, missed, rejected, no response). */
const RECORD_EVENTS: Readonly<Record<RecordState, number>> = { success: 102, missed: 101, rejected: -1, cancelled: -2 };

/** Leaves a notification about the call in the conversation of both, if the policy asks for it. */
export function storeRecord({ world, env, draft, call }: CallScene, ending: CallEnding): void {
  if (!world.policy.callRecordMessage) return;
  const key = conversationKey(call.caller, call.callee, SessionType.P2P);
  if (key === undefined) return;
  const conversation = world.conversations.get(key) ?? newConversation(key);
  const state = recordStateOf(ending, call.answer?.accepted === true);
  const message: StoredMessage = {
    seq: conversation.messages.length + 1,
    messageId: env.id("message"),
    serverId: env.serial(),
    type: MessageType.NOTIFICATION,
    from: call.caller,
    timestamp: Math.max(env.now(), conversation.lastTime + 1),
    index: env.index,
    counted: isCounted(MessageType.NOTIFICATION),
    content: {
      attachment: {
        callType: call.type,
        eventType: RECORD_EVENTS[state],
        state: RECORD_STATES[state],
        duration: call.establishedAt === undefined ? 0 : env.now() - call.establishedAt,
      },
    },
  };
  draft.emit({ type: "messageStored", key, message, minute: Math.floor(env.now() / 60_000) });
  for (const reader of [call.caller, call.callee]) {
    const messages = [messageData(conversation, message, reader)];
    draft.deliver(reader, { payload: { case: "message", value: { messages } } });
  }
}
