import type { Draft } from "../model/content.ts";
import type { Page } from "./alert-view.ts";
import { createChoice } from "./choice-view.ts";
import { element, setAttribute, setText, type View } from "./element.ts";
import { createField } from "./field-view.ts";

/** Limits of SendText and SendTips, so that the page does not offer what the API refuses. */
const MAX_TEXT = "5000";
/** A place to start with: the lake in Hangzhou. */
const SAMPLE = { latitude: "30.2428", longitude: "120.1508" } as const;

export interface ComposerView extends View<Page> {
  focus(): void;
}

/** Writes a text, a tip or a place and hands it over. Enter sends, Shift+Enter begins a new line. */
export function createComposer(onSend: (draft: Draft) => void): ComposerView {
  let kind: Draft["kind"] = "text";
  let page: Page | undefined;
  const words = element("textarea", { class: "input words-input", rows: "1", maxlength: MAX_TEXT, name: "words" });
  const title = createField({ maxlength: MAX_TEXT, required: true, name: "title" });
  const latitude = createField({
    type: "number",
    min: "-90",
    max: "90",
    step: "any",
    required: true,
    value: SAMPLE.latitude,
    name: "latitude",
  });
  const longitude = createField({
    type: "number",
    min: "-180",
    max: "180",
    step: "any",
    required: true,
    value: SAMPLE.longitude,
    name: "longitude",
  });
  const placeFields = element("div", { class: "place-fields" }, title.element, latitude.element, longitude.element);
  const button = element("button", { type: "submit", class: "primary" });
  const choice = createChoice<Draft["kind"]>({
    values: ["text", "tip", "place"],
    small: true,
    onChoose: (value) => {
      kind = value;
      if (value === "place" && title.input.value === "") title.input.value = page?.texts.samplePlace ?? "";
      show();
    },
  });
  const form = element(
    "form",
    { class: "composer" },
    choice.element,
    element("div", { class: "writing" }, words, placeFields, button),
  );

  const draft = (): Draft | undefined => {
    if (kind === "place")
      return {
        kind,
        title: title.input.value,
        latitude: latitude.input.valueAsNumber,
        longitude: longitude.input.valueAsNumber,
      };
    return words.value.trim() === "" ? undefined : { kind, text: words.value };
  };
  const show = () => {
    if (!page) return;
    const { texts } = page;
    choice.update({
      legend: texts.compose,
      labels: { text: texts.text, tip: texts.tip, place: texts.place },
      value: kind,
    });
    const label = kind === "tip" ? texts.writeTip : texts.writeText;
    setAttribute(words, "aria-label", label);
    setAttribute(words, "placeholder", label);
    words.hidden = kind === "place";
    placeFields.hidden = kind !== "place";
    // A hidden input must not hold up the form.
    for (const { input } of [title, latitude, longitude]) input.disabled = kind !== "place";
    title.update({ label: texts.placeTitle });
    latitude.update({ label: texts.latitude });
    longitude.update({ label: texts.longitude });
    setText(button, texts.send);
  };

  words.addEventListener("keydown", (event) => {
    // While an input method composes, Enter takes its suggestion.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    form.requestSubmit();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const made = draft();
    if (made) onSend(made);
    if (made && kind !== "place") words.value = "";
    // A place or a tip is the exception: text comes next.
    if (made) kind = "text";
    show();
    words.focus();
  });
  return {
    element: form,
    update(next) {
      page = next;
      show();
    },
    focus: () => words.focus(),
  };
}
