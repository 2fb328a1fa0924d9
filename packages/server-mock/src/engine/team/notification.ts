import type { JsonObject } from "@bufbuild/protobuf";
import { MessageType, type TeamOperation, type TeamUpdateTag } from "@nimkit/sdk/protocol/enums";
import type { Env } from "../env.ts";
import { isCounted } from "../message/counted.ts";
import type { StoredMessage } from "../world.ts";

/** What was done in a team, by whom and to whom. */
export interface TeamNote {
  readonly operation: TeamOperation;
  readonly operatorId: string;
  readonly targetIds?: readonly string[];
  readonly updated?: readonly TeamUpdateTag[];
  readonly muted?: boolean;
}

/** The notification message that tells of it; its attachment is the JSON of nim.v1.TeamNotification. */
export function notificationMessage(env: Env, note: TeamNote, seq: number, timestamp: number): StoredMessage {
  const { operation, operatorId, targetIds = [], updated = [], muted } = note;
  const attachment: JsonObject = {
    operation,
    operatorId,
    ...(targetIds.length > 0 && { targetIds: [...targetIds] }),
    ...(updated.length > 0 && { updated: [...updated] }),
    ...(muted !== undefined && { muted }),
  };
  return {
    seq,
    messageId: env.id("message"),
    serverId: env.serial(),
    type: MessageType.NOTIFICATION,
    from: operatorId,
    timestamp,
    index: env.index,
    counted: isCounted(MessageType.NOTIFICATION),
    content: { attachment },
  };
}
