import { SessionType } from "@nimkit/sdk/protocol/enums";
import type { OpenConversation } from "../model/chat.ts";
import type { Draft } from "../model/content.ts";
import { keyOf } from "../model/conversations.ts";
import type { Entry } from "../model/timeline.ts";
import type { Page } from "./alert-view.ts";
import { createComposer } from "./composer-view.ts";
import { createKeyedList, element, setAttribute, setText, type View } from "./element.ts";
import { createEntryView, type EntryActions, type EntryState } from "./message-view.ts";

export interface ConversationState extends Page {
  readonly open: OpenConversation;
}

export interface ConversationActions extends EntryActions {
  readonly leave: () => void;
  readonly send: (draft: Draft) => void;
}

export interface ConversationView extends View<ConversationState> {
  /** Comes into view: the next update shows the end of the conversation. */
  enter(): void;
  focus(): void;
}

/** A pause longer than this is worth a line with the time, in ms. */
const PAUSE_MS = 5 * 60_000;
/** Messages of one minute share the line below the bubbles. */
const MINUTE_MS = 60_000;
/** A reader this close to the end, in CSS pixels, is following the conversation. */
const NEAR_END_PX = 48;

/** One open conversation: its messages and the composer. */
export function createConversationView(actions: ConversationActions): ConversationView {
  const back = element("button", { type: "button", class: "back" }, element("span", { "aria-hidden": "true" }, "‹"));
  back.addEventListener("click", actions.leave);
  const name = element("h3", { class: "conversation-name" });
  const detail = element("p", { class: "conversation-detail" });
  const hint = element("p", { class: "empty" });
  const list = element("ol", { class: "entries" });
  // A log is a polite live region: what is added is read out, in order.
  const log = element("div", { class: "messages", role: "log", tabindex: "0" }, list, hint);
  const composer = createComposer(actions.send);
  const keep = createKeyedList<EntryState>(
    list,
    ({ entry }) => entry.id,
    () => createEntryView(actions),
  );
  let shown = "";
  /** The reader is at the end and wants to stay there. */
  let following = true;
  const follow = () => {
    if (following) log.scrollTop = log.scrollHeight;
  };
  log.addEventListener("scroll", () => {
    following = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_END_PX;
  });
  // The composer grows with what is written and takes the room from the messages.
  new ResizeObserver(follow).observe(log);

  return {
    element: element(
      "div",
      { class: "conversation" },
      element("div", { class: "conversation-bar" }, back, element("div", {}, name, detail)),
      log,
      composer.element,
    ),
    update({ open, texts, language }) {
      const title = open.name ?? open.sessionId;
      const key = keyOf(open);
      if (key !== shown) following = true;
      const count = list.childElementCount;
      setAttribute(back, "aria-label", texts.back);
      setText(name, title);
      setText(detail, open.sessionType === SessionType.TEAM ? `${texts.team} ${open.sessionId}` : "");
      setAttribute(log, "aria-label", texts.messages(title));
      setAttribute(log, "aria-busy", open.loading ? "true" : false);
      setText(hint, open.loading ? texts.loading : texts.empty);
      hint.hidden = open.entries.length > 0;
      keep(entryStates(open, { texts, language }));
      composer.update({ texts, language });
      if (open.entries.at(-1)?.mine === true && list.childElementCount > count) following = true;
      follow();
      shown = key;
    },
    enter() {
      shown = "";
    },
    focus: () => composer.focus(),
  };
}

function entryStates({ entries, sessionType }: OpenConversation, page: Page): readonly EntryState[] {
  const named = sessionType === SessionType.TEAM;
  return entries.map((entry, index): EntryState => {
    const before = entries[index - 1];
    const pause = before === undefined || entry.time - before.time > PAUSE_MS;
    return {
      ...page,
      entry,
      named,
      followed: looksAlike(entry, entries[index + 1]),
      ...(pause ? { after: entry.time } : {}),
    };
  });
}

/** True where the line below two bubbles would say the same. */
function looksAlike(entry: Entry, next: Entry | undefined): boolean {
  if (entry.kind !== "message" || next?.kind !== "message" || entry.problem || next.content.kind === "tip")
    return false;
  return (
    entry.from === next.from &&
    entry.delivery === next.delivery &&
    Math.floor(entry.time / MINUTE_MS) === Math.floor(next.time / MINUTE_MS)
  );
}
