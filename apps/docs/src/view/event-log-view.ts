import type { JournalLine } from "../model/journal.ts";
import type { Page } from "./alert-view.ts";
import { createKeyedList, element, setAttribute, setText, type View } from "./element.ts";
import { exactTime } from "./time.ts";

export interface EventLogState extends Page {
  readonly lines: readonly JournalLine[];
}

type LineState = JournalLine & Page;

/** The events of both phones: each in the lane below its phone, the time in the middle. */
export function createEventLog(onClear: () => void): View<EventLogState> {
  const heading = element("h2", { id: "log-heading" });
  const hint = element("p", { class: "hint" });
  const clear = element("button", { type: "button", class: "quiet" });
  clear.addEventListener("click", onClear);
  const empty = element("p", { class: "empty" });
  const list = element("ol", { class: "log-lines" });
  // Not live: what matters in it is read out by the phones already.
  const scroll = element(
    "div",
    { class: "log-scroll", tabindex: "0", role: "region", "aria-labelledby": "log-heading" },
    list,
    empty,
  );
  const keep = createKeyedList<LineState>(list, ({ id }) => String(id), createLine);
  return {
    element: element(
      "section",
      { class: "log", "aria-labelledby": "log-heading" },
      element("header", { class: "log-head" }, heading, hint, clear),
      scroll,
    ),
    update({ lines, texts, language }) {
      setText(heading, texts.log);
      setText(hint, texts.logHint);
      setText(clear, texts.clear);
      clear.hidden = lines.length === 0;
      setText(empty, texts.logEmpty);
      empty.hidden = lines.length > 0;
      keep(lines.map((line) => ({ ...line, texts, language })));
    },
  };
}

function createLine(): View<LineState> {
  const time = element("time", { class: "log-time" });
  const account = element("span", { class: "log-account" });
  const name = element("code", { class: "log-name" });
  const detail = element("span", { class: "log-detail" });
  const item = element(
    "li",
    { class: "log-line" },
    time,
    element("span", { class: "log-event" }, account, name, detail),
  );
  return {
    element: item,
    update(line) {
      setAttribute(item, "data-phone", String(line.phone + 1));
      setAttribute(item, "data-event", line.name);
      setText(time, exactTime(line.time, line.language));
      setText(account, line.account);
      setText(name, line.name);
      setText(detail, line.detail);
    },
  };
}
