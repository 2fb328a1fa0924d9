import { element, setAttribute, setText, type View } from "./element.ts";

export interface ChoiceState<Value extends string> {
  readonly legend: string;
  readonly labels: Readonly<Record<Value, string>>;
  readonly value: Value;
  readonly disabled?: boolean;
}

export interface ChoiceOptions<Value extends string> {
  readonly values: readonly Value[];
  readonly onChoose: (value: Value) => void;
  /** A row of small tabs, whose legend is for screen readers only. */
  readonly small?: boolean;
}

let count = 0;

/** One of a few: native radio buttons side by side, so that arrow keys work by themselves. */
export function createChoice<Value extends string>({
  values,
  onChoose,
  small = false,
}: ChoiceOptions<Value>): View<ChoiceState<Value>> {
  count += 1;
  const name = `choice-${count}`;
  const legend = element("legend", { class: small ? "unseen" : "label" });
  const options = values.map((value) => {
    const input = element("input", { type: "radio", name, value });
    input.addEventListener("change", () => onChoose(value));
    const label = element("span");
    return { value, input, label, element: element("label", { class: "option" }, input, label) };
  });
  const fieldset = element(
    "fieldset",
    { class: small ? "choice small" : "choice" },
    legend,
    element("div", { class: "options" }, ...options.map((option) => option.element)),
  );
  return {
    element: fieldset,
    update(state) {
      setText(legend, state.legend);
      setAttribute(fieldset, "disabled", state.disabled ?? false);
      for (const { value, input, label } of options) {
        input.checked = value === state.value;
        setText(label, state.labels[value]);
      }
    },
  };
}
