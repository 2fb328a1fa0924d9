import { SessionType } from "@nimkit/sdk/protocol/enums";
import { type ConversationRef, type ConversationRow, keyOf } from "../model/conversations.ts";
import type { Page } from "./alert-view.ts";
import { createChoice } from "./choice-view.ts";
import { contentWords } from "./content-words.ts";
import { createKeyedList, element, setAttribute, setText, type View } from "./element.ts";
import { createField } from "./field-view.ts";
import { clockTime, fullTime } from "./time.ts";

export interface ConversationListState extends Page {
  readonly account: string;
  readonly rows: readonly ConversationRow[];
}

export interface ConversationListView extends View<ConversationListState> {
  /** Puts the focus on a conversation's row, or on the list where there is none. */
  focusOn(conversation: ConversationRef | undefined): void;
}

type RowState = ConversationRow & Page & { readonly account: string };

/** The conversations of a phone and a form to start another. */
export function createConversationListView(options: {
  readonly suggested: string;
  readonly onOpen: (ref: ConversationRef) => void;
}): ConversationListView {
  const heading = element("h3", { class: "unseen", tabindex: "-1" });
  const empty = element("p", { class: "empty" });
  const list = element("ul", { class: "rows" });
  const rows = new Map<string, HTMLElement>();
  const keep = createKeyedList<RowState>(list, keyOf, (row) => {
    const view = createRow(() => options.onOpen(row));
    rows.set(keyOf(row), view.button);
    return view;
  });
  const start = createStartForm(options);
  return {
    element: element(
      "div",
      { class: "list-screen" },
      heading,
      element("div", { class: "list-scroll" }, list, empty),
      start.element,
    ),
    update({ rows: items, texts, language, account }) {
      setText(heading, texts.conversations);
      setText(empty, texts.noConversations);
      empty.hidden = items.length > 0;
      keep(items.map((row) => ({ ...row, texts, language, account })));
      start.update({ texts, language });
    },
    focusOn(conversation) {
      const row = conversation && rows.get(keyOf(conversation));
      (row?.isConnected ? row : heading).focus();
    },
  };
}

function createRow(onOpen: () => void): View<RowState> & { readonly button: HTMLButtonElement } {
  const avatar = element("span", { class: "avatar", "aria-hidden": "true" });
  const name = element("span", { class: "row-name" });
  const time = element("time", { class: "row-time" });
  const preview = element("span", { class: "row-preview" });
  const badge = element("span", { class: "badge", "aria-hidden": "true" });
  const spoken = element("span", { class: "unseen" });
  const button = element("button", { type: "button", class: "row" }, avatar, name, time, preview, badge, spoken);
  button.addEventListener("click", onOpen);
  return {
    element: element("li", {}, button),
    button,
    update(row) {
      const team = row.sessionType === SessionType.TEAM;
      setText(avatar, team ? "#" : row.sessionId.slice(-2));
      setAttribute(avatar, "data-kind", team ? "team" : "person");
      setText(name, row.name ?? row.sessionId);
      setAttribute(button, "data-session", row.sessionId);
      setText(time, row.time === undefined ? "" : clockTime(row.time, row.language));
      setAttribute(time, "title", row.time === undefined ? false : fullTime(row.time, row.language));
      setText(preview, previewOf(row));
      setText(badge, row.unread > 99 ? "99+" : String(row.unread));
      badge.hidden = row.unread === 0;
      setText(spoken, row.unread === 0 ? "" : row.texts.unread(row.unread));
    },
  };
}

function previewOf({ last, sessionId, sessionType, account, texts, name }: RowState): string {
  if (!last) return name ? `${texts.team} ${sessionId}` : texts.noMessages;
  const words = contentWords(last.content, texts);
  if (last.from === account) return texts.you + texts.colon + words;
  return sessionType === SessionType.TEAM && last.content.kind !== "notification"
    ? last.from + texts.colon + words
    : words;
}

function createStartForm({
  suggested,
  onOpen,
}: {
  readonly suggested: string;
  readonly onOpen: (ref: ConversationRef) => void;
}): View<Page> {
  let kind: "person" | "team" = "person";
  const legend = element("h4");
  const id = createField({
    value: suggested,
    required: true,
    maxlength: "64",
    autocapitalize: "off",
    name: "recipient",
  });
  const choice = createChoice({
    values: ["person", "team"] as const,
    small: true,
    onChoose: (value) => {
      kind = value;
    },
  });
  const button = element("button", { type: "submit", class: "primary" });
  const form = element(
    "form",
    { class: "start" },
    element("div", { class: "start-head" }, legend, choice.element),
    id.element,
    button,
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    onOpen({ sessionId: id.input.value.trim(), sessionType: kind === "team" ? SessionType.TEAM : SessionType.P2P });
  });
  return {
    element: form,
    update({ texts }) {
      setText(legend, texts.startChat);
      choice.update({ legend: texts.kind, labels: { person: texts.person, team: texts.team }, value: kind });
      id.update({ label: texts.recipient });
      setText(button, texts.open);
    },
  };
}
