import type { Problem } from "../model/problem.ts";
import type { Language, Texts } from "../texts.ts";
import { element, setText, type View } from "./element.ts";

/** What every view needs to know of the page. */
export interface Page {
  readonly language: Language;
  readonly texts: Texts;
}

export interface AlertState extends Page {
  readonly problem?: Problem;
}

/** The words of a problem in the page's language, with the API's code where there is one. */
export function wordsOf(problem: Problem, { language, texts }: Page): string {
  return problem[language] + (problem.code === undefined ? "" : texts.inBrackets(String(problem.code)));
}

/** A place for problems. It is always in the page, so that screen readers hear what appears in it. */
export function createAlert(onDismiss?: () => void): View<AlertState> {
  const text = element("p");
  const dismiss = element("button", { type: "button", class: "quiet" });
  const body = element("div", { class: "alert", hidden: true }, text);
  if (onDismiss) {
    dismiss.addEventListener("click", onDismiss);
    body.append(dismiss);
  }
  return {
    element: element("div", { role: "alert" }, body),
    update({ problem, language, texts }) {
      body.hidden = problem === undefined;
      setText(text, problem ? wordsOf(problem, { language, texts }) : "");
      setText(dismiss, texts.dismiss);
    },
  };
}
