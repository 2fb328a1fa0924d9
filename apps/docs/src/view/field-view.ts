import { element, setText, type View } from "./element.ts";

/** A text input and its label. */
export interface Field extends View<{ readonly label: string }> {
  readonly input: HTMLInputElement;
}

let count = 0;

/** A labelled input; `attributes` go to the input. */
export function createField(attributes: Readonly<Record<string, string | boolean>>): Field {
  count += 1;
  const id = `field-${count}`;
  const label = element("label", { for: id, class: "label" });
  const input = element("input", { id, class: "input", autocomplete: "off", spellcheck: "false", ...attributes });
  return {
    element: element("div", { class: "field" }, label, input),
    input,
    update: (state) => setText(label, state.label),
  };
}
