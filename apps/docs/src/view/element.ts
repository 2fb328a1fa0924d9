/** A part of the page that can be brought up to date. */
export interface View<State> {
  readonly element: HTMLElement;
  update(state: State): void;
}

type Attributes = Readonly<Record<string, string | boolean>>;

/** Makes an element. A true attribute is present, a false one is not; strings become text nodes, never markup. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) setAttribute(made, name, value);
  made.append(...children);
  return made;
}

/** Changes an attribute only where it differs, so that an update disturbs nobody. */
export function setAttribute(target: Element, name: string, value: string | boolean): void {
  if (value === false) target.removeAttribute(name);
  else if (target.getAttribute(name) !== String(value === true ? "" : value))
    target.setAttribute(name, value === true ? "" : value);
}

/** Changes the text of an element only where it differs: a live region then announces real changes only. */
export function setText(target: Node, text: string): void {
  if (target.textContent !== text) target.textContent = text;
}

/**
 * Keeps the children of `parent` in step with a list. An item keeps its view for as long as its key is in the list, and
 * nodes move only when their order changed, so focus and announcements survive.
 */
export function createKeyedList<Item>(
  parent: Element,
  keyOf: (item: Item) => string,
  create: (item: Item) => View<Item>,
): (items: readonly Item[]) => void {
  let views = new Map<string, View<Item>>();
  return (items) => {
    const next = new Map<string, View<Item>>();
    for (const item of items) {
      const key = keyOf(item);
      const view = views.get(key) ?? create(item);
      view.update(item);
      next.set(key, view);
    }
    for (const [key, view] of views) if (!next.has(key)) view.element.remove();
    let place = parent.firstElementChild;
    for (const { element: child } of next.values()) {
      if (child === place) place = place.nextElementSibling;
      else parent.insertBefore(child, place);
    }
    views = next;
  };
}
