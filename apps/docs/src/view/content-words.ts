import type { Content } from "../model/content.ts";
import type { Texts } from "../texts.ts";

/** A message on one line. */
export function contentWords(content: Content, texts: Texts): string {
  switch (content.kind) {
    case "text":
    case "tip":
      return content.text;
    case "place":
      return `[${texts.place}] ${content.title}`;
    case "notification":
      return texts.notification;
    case "other":
      return texts.otherContent(content.messageType);
  }
}

const DEGREES = { minimumFractionDigits: 0, maximumFractionDigits: 4 } as const;

/** A position as people write it, such as 30.2428° N, 120.1508° E. */
export function positionWords(latitude: number, longitude: number): string {
  const degrees = (value: number) => Math.abs(value).toLocaleString("en", DEGREES);
  return `${degrees(latitude)}° ${latitude < 0 ? "S" : "N"}, ${degrees(longitude)}° ${longitude < 0 ? "W" : "E"}`;
}
