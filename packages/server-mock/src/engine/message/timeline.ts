import type { AccountView, Conversation, StoredMessage } from "../world.ts";
import { isInView } from "./conversation.ts";

/** Index of the first message that is not older than the time. Times never decrease, so a binary search finds it. */
export function firstFrom(messages: readonly StoredMessage[], time: number): number {
  let low = 0;
  let high = messages.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((messages[middle]?.timestamp ?? 0) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The account's messages strictly older than a time, newest first; its refused ones stand among the shared ones. */
export function* newestFirst(conversation: Conversation, view: AccountView, before: number): Generator<StoredMessage> {
  let shared = firstFrom(conversation.messages, before) - 1;
  let refused = firstFrom(view.refused, before) - 1;
  for (;;) {
    const a = conversation.messages[shared];
    const b = view.refused[refused];
    if (a && (!b || a.timestamp > b.timestamp)) {
      shared--;
      if (isInView(view, a)) yield a;
    } else if (b) {
      refused--;
      yield b;
    } else return;
  }
}

/** The account's messages strictly later than a time, oldest first. */
export function* oldestFirst(conversation: Conversation, view: AccountView, after: number): Generator<StoredMessage> {
  // The next time after `after`: times are whole milliseconds.
  let shared = firstFrom(conversation.messages, Math.floor(after) + 1);
  let refused = firstFrom(view.refused, Math.floor(after) + 1);
  for (;;) {
    const a = conversation.messages[shared];
    const b = view.refused[refused];
    if (a && (!b || a.timestamp < b.timestamp)) {
      shared++;
      if (isInView(view, a)) yield a;
    } else if (b) {
      refused++;
      yield b;
    } else return;
  }
}
