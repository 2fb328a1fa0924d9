import { element, setAttribute, setText, type View } from "./element.ts";

export interface MessageMenuState {
  readonly label: string;
  readonly items: readonly { readonly label: string; readonly run: () => void }[];
}

/** A button that shows a few actions. Escape, a choice and leaving it close it again. */
export function createMessageMenu(): View<MessageMenuState> {
  const toggle = element(
    "button",
    { type: "button", class: "menu-toggle", "aria-expanded": "false" },
    element("span", { "aria-hidden": "true" }, "⋯"),
  );
  const panel = element("div", { class: "menu-panel", hidden: true });
  const menu = element("div", { class: "menu" }, toggle, panel);
  let state: MessageMenuState | undefined;

  const close = () => {
    panel.hidden = true;
    setAttribute(toggle, "aria-expanded", "false");
  };
  const open = () => {
    panel.replaceChildren(
      ...(state?.items ?? []).map(({ label, run }) => {
        const button = element("button", { type: "button" });
        setText(button, label);
        button.addEventListener("click", () => {
          close();
          toggle.focus();
          run();
        });
        return button;
      }),
    );
    panel.hidden = false;
    setAttribute(toggle, "aria-expanded", "true");
    panel.querySelector("button")?.focus();
  };

  toggle.addEventListener("click", () => (panel.hidden ? open() : close()));
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || panel.hidden) return;
    event.stopPropagation();
    close();
    toggle.focus();
  });
  menu.addEventListener("focusout", ({ relatedTarget }) => {
    if (!(relatedTarget instanceof Node && menu.contains(relatedTarget))) close();
  });
  return {
    element: menu,
    update(next) {
      state = next;
      setAttribute(toggle, "aria-label", next.label);
    },
  };
}
