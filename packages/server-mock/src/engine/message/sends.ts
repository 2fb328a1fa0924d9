import { MessageType, SessionType } from "@nimkit/sdk/protocol/enums";
import type { DecideTable } from "../decide-table.ts";
import { MAX_MESSAGE_BODY, MAX_ROOM_MESSAGE_BODY } from "../limits.ts";
import { refuse } from "../outcome.ts";
import type { MessageContent } from "../world.ts";
import { decideSend } from "./send.ts";
import { jsonRefusal } from "./user-json.ts";

/** The sends whose content is in the command itself. */
export const sendRules: Pick<
  DecideTable,
  "message.sendText" | "message.sendTips" | "message.sendLocationMsg" | "message.sendCustom"
> = {
  "message.sendText": (world, command, { env, actor, account }) =>
    decideSend(world, env, actor, account, command, MessageType.TEXT, { text: command.content }),
  "message.sendTips": (world, command, { env, actor, account }) =>
    decideSend(world, env, actor, account, command, MessageType.TIP, { text: command.content }),
  "message.sendLocationMsg": (world, command, { env, actor, account }) => {
    const place: MessageContent = { latitude: command.latitude, longitude: command.longitude };
    const content = command.title === undefined ? place : { ...place, title: command.title };
    return decideSend(world, env, actor, account, command, MessageType.LOCATION, content);
  },
  "message.sendCustom": (world, command, { env, actor, account }) => {
    const max = command.sessionType === SessionType.CHAT_ROOM ? MAX_ROOM_MESSAGE_BODY : MAX_MESSAGE_BODY;
    const refusal = jsonRefusal(command.attachment, max);
    if (refusal !== undefined) return refuse(refusal, "attachment");
    return decideSend(world, env, actor, account, command, MessageType.CUSTOM, { attachment: command.attachment });
  },
};
