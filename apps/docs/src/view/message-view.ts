import type { Content } from "../model/content.ts";
import type { Entry, MessageEntry } from "../model/timeline.ts";
import { type Page, wordsOf } from "./alert-view.ts";
import { contentWords, positionWords } from "./content-words.ts";
import { element, setAttribute, setText, type View } from "./element.ts";
import { createMessageMenu } from "./message-menu.ts";
import { clockTime, fullTime } from "./time.ts";

export interface EntryState extends Page {
  readonly entry: Entry;
  /** The next entry looks the same below the bubble, so this one leaves that line out. */
  readonly followed: boolean;
  /** More than one person may write here, so the bubbles of others carry a name. */
  readonly named: boolean;
  /** A time to show above the entry, in milliseconds since 1970, where a pause came before it. */
  readonly after?: number;
}

export interface EntryActions {
  readonly revoke: (id: string) => void;
  readonly retry: (id: string) => void;
}

/** One entry of a conversation. A message that is taken back turns into a line in its place. */
export function createEntryView(actions: EntryActions): View<EntryState> {
  const item = element("li", { class: "entry" });
  const pause = element("time", { class: "pause" });
  let shape = "";
  let inner: View<EntryState> | undefined;
  return {
    element: item,
    update(state) {
      const next = shapeOf(state.entry);
      if (!inner || next !== shape) {
        shape = next;
        inner =
          state.entry.kind === "message" && next === "bubble"
            ? createBubble(state.entry.content, actions)
            : createLine(actions);
        item.replaceChildren(pause, inner.element);
      }
      setAttribute(item, "data-message", state.entry.id);
      setAttribute(item, "data-kind", state.entry.kind === "revoked" ? "revoked" : state.entry.content.kind);
      pause.hidden = state.after === undefined;
      setText(pause, state.after === undefined ? "" : fullTime(state.after, state.language));
      inner.update(state);
    },
  };
}

const LINES: readonly Content["kind"][] = ["tip", "notification"];

function shapeOf(entry: Entry): "line" | "bubble" {
  return entry.kind === "revoked" || LINES.includes(entry.content.kind) ? "line" : "bubble";
}

/** A line between the bubbles: a tip, a notification, a message that was taken back. */
function createLine(actions: EntryActions): View<EntryState> {
  const text = element("p", { class: "line" });
  const foot = createFoot(actions);
  return {
    element: element("div", { class: "line-box" }, text, foot.element),
    update(state) {
      const { entry, texts } = state;
      if (entry.kind === "revoked") setText(text, entry.mine ? texts.revokedByMe : texts.revokedBy(entry.by));
      else setText(text, contentWords(entry.content, texts));
      foot.element.hidden = entry.kind === "revoked" || entry.delivery !== "failed";
      if (entry.kind === "message") foot.update({ ...state, entry });
    },
  };
}

function createBubble(content: Content, actions: EntryActions): View<EntryState> {
  const name = element("span", { class: "sender" });
  const place = content.kind === "place" ? createPlace() : undefined;
  const text = element("p", { class: "words", dir: "auto" });
  const bubble = element("div", { class: "bubble" }, place?.element ?? text);
  const foot = createFoot(actions);
  const menu = createMessageMenu();
  const box = element(
    "div",
    { class: "bubble-box" },
    name,
    element("div", { class: "bubble-row" }, bubble, menu.element),
    foot.element,
  );
  return {
    element: box,
    update(state) {
      const { entry, texts } = state;
      if (entry.kind !== "message") return;
      setAttribute(box, "data-side", entry.mine ? "mine" : "theirs");
      setAttribute(box, "data-delivery", entry.delivery ?? false);
      setText(name, entry.from);
      name.hidden = entry.mine || !state.named;
      if (place) place.update(entry.content);
      else setText(text, contentWords(entry.content, texts));
      menu.element.hidden = entry.delivery !== "sent" && entry.delivery !== "read";
      menu.update({ label: texts.actions, items: [{ label: texts.revoke, run: () => actions.revoke(entry.id) }] });
      foot.element.hidden = state.followed;
      foot.update({ ...state, entry });
    },
  };
}

/** A place: its name, its position and a sketch of a map, drawn by the style sheet. */
function createPlace(): View<Content> {
  const title = element("span", { class: "place-title" });
  const position = element("span", { class: "place-position" });
  return {
    element: element(
      "div",
      { class: "place" },
      element("span", { class: "place-map", "aria-hidden": "true" }),
      title,
      position,
    ),
    update(content) {
      if (content.kind !== "place") return;
      setText(title, content.title);
      setText(position, positionWords(content.latitude, content.longitude));
    },
  };
}

/** What stands below a message: when it was sent, how far it has come, and why it failed. */
function createFoot(actions: EntryActions): View<EntryState & { readonly entry: MessageEntry }> {
  const time = element("time");
  const delivery = element("span", { class: "delivery" });
  const again = element("button", { type: "button", class: "quiet again" });
  let retry: () => void = () => undefined;
  again.addEventListener("click", () => retry());
  return {
    element: element("div", { class: "foot" }, time, delivery, again),
    update({ entry, texts, language }) {
      setText(time, clockTime(entry.time, language));
      setAttribute(time, "datetime", new Date(entry.time).toISOString());
      const words = entry.delivery === undefined ? "" : texts[entry.delivery];
      setText(delivery, entry.problem ? words + texts.colon + wordsOf(entry.problem, { language, texts }) : words);
      again.hidden = entry.delivery !== "failed";
      setText(again, texts.again);
      retry = () => actions.retry(entry.id);
    },
  };
}
