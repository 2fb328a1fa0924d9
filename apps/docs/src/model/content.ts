import type { Message } from "@nimkit/sdk/protocol";
import { MessageType } from "@nimkit/sdk/protocol/enums";

/** What a message says, as far as this page can show it. */
export type Content =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "tip"; readonly text: string }
  | { readonly kind: "place"; readonly title: string; readonly latitude: number; readonly longitude: number }
  | { readonly kind: "notification" }
  | { readonly kind: "other"; readonly messageType: number };

/** What this page can send. */
export type Draft = Extract<Content, { kind: "text" | "tip" | "place" }>;

/** The part of a message that the page shows. */
export function contentOf(message: Message): Content {
  switch (message.messageType) {
    case MessageType.TEXT:
      return { kind: "text", text: message.text };
    case MessageType.TIP:
      return { kind: "tip", text: message.text };
    case MessageType.LOCATION:
      return { kind: "place", title: message.title, latitude: message.latitude, longitude: message.longitude };
    case MessageType.NOTIFICATION:
      return { kind: "notification" };
    default:
      return { kind: "other", messageType: message.messageType };
  }
}
