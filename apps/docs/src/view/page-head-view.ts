import type { Mode } from "../model/backend.ts";
import type { Theme } from "../preferences.ts";
import type { Page } from "./alert-view.ts";
import { createChoice } from "./choice-view.ts";
import { element, setAttribute, setText, type View } from "./element.ts";

export interface PageHeadState extends Page {
  readonly theme: Theme;
  readonly mode: Mode;
  readonly changing: boolean;
  /** This browser has no service worker here. */
  readonly serverOnly: boolean;
  /** Why the change of backends failed. */
  readonly failure?: string;
  readonly origin: string;
}

export interface PageHeadActions {
  readonly toggleLanguage: () => void;
  readonly toggleTheme: () => void;
  readonly chooseMode: (mode: Mode) => void;
}

/** Title, settings of the page, and the switch between the two backends. */
export function createPageHead(actions: PageHeadActions): View<PageHeadState> {
  const title = element("h1");
  const lede = element("p", { class: "lede" });
  const language = element("button", { type: "button", class: "quiet", name: "language" });
  const theme = element("button", { type: "button", class: "quiet", name: "theme" });
  language.addEventListener("click", actions.toggleLanguage);
  theme.addEventListener("click", actions.toggleTheme);
  const choice = createChoice<Mode>({ values: ["page", "server"], onChoose: actions.chooseMode });
  const hint = element("p", { class: "hint", role: "status" });
  return {
    element: element(
      "header",
      { class: "page-head" },
      element(
        "div",
        { class: "brand-bar" },
        element("span", { class: "brand" }, "Nimkit"),
        element("div", { class: "settings" }, language, theme),
      ),
      element(
        "div",
        { class: "intro" },
        element("div", {}, title, lede),
        element("div", { class: "mode" }, choice.element, hint),
      ),
    ),
    update({ texts, language: current, theme: look, mode, changing, serverOnly, failure, origin }) {
      setText(title, texts.title);
      setText(lede, texts.lede);
      setText(language, texts.otherLanguage);
      setAttribute(language, "lang", current === "en" ? "zh-CN" : "en");
      setText(theme, look === "dark" ? texts.light : texts.dark);
      choice.update({
        legend: texts.backend,
        labels: { page: texts.page, server: texts.server },
        value: mode,
        disabled: changing || serverOnly,
      });
      const words = mode === "page" ? texts.pageHint : texts.serverHint(origin);
      setText(hint, changing ? texts.changing : (failure ?? (serverOnly ? texts.noWorker : words)));
    },
  };
}
