import type { ConversationRef } from "../model/conversations.ts";
import type { Phone, PhoneState } from "../model/phone.ts";
import { createAlert, type Page } from "./alert-view.ts";
import { createConversationListView } from "./conversation-list-view.ts";
import { createConversationView } from "./conversation-view.ts";
import { element, setAttribute, setText, type View } from "./element.ts";
import { createSignInView } from "./sign-in-view.ts";

export interface PhoneViewOptions {
  readonly phone: Phone;
  /** Number on the page, from 1. */
  readonly number: number;
  /** Account that the form for a new chat begins with. */
  readonly suggested: string;
}

/** Whatever the phone shows: the form, the list or a conversation. */
type Screen = "signIn" | "list" | "conversation";

function screenOf(state: PhoneState): Screen {
  if (state.phase !== "signedIn") return "signIn";
  return state.chat?.state.open ? "conversation" : "list";
}

/** One phone of the page. */
export function createPhoneView({ phone, number, suggested }: PhoneViewOptions): View<Page> {
  const title = element("h2", { class: "phone-title" });
  const status = element("span", { class: "status", role: "status" });
  const elsewhere = element("button", { type: "button", class: "quiet" });
  const signOut = element("button", { type: "button", class: "quiet" });
  elsewhere.addEventListener("click", () => void phone.signInElsewhere());
  signOut.addEventListener("click", () => void phone.signOut());
  const tools = element("div", { class: "phone-tools" }, elsewhere, signOut);
  const bar = element("header", { class: "phone-bar" }, title, status, tools);

  const signIn = createSignInView(phone.state.credentials, (credentials) => {
    if (phone.state.phase === "signedOut") void phone.signIn(credentials);
  });
  const list = createConversationListView({ suggested, onOpen: (ref) => void phone.state.chat?.open(ref) });
  const conversation = createConversationView({
    leave: () => phone.state.chat?.leave(),
    send: (draft) => void phone.state.chat?.send(draft),
    revoke: (id) => void phone.state.chat?.revoke(id),
    retry: (id) => void phone.state.chat?.retry(id),
  });
  const alert = createAlert(() => phone.state.chat?.dismissProblem());
  const stage = element("div", { class: "stage" }, signIn.element);
  const section = element("section", { class: "phone", "data-phone": String(number) }, bar, alert.element, stage);
  let screen: Screen = "signIn";
  let opened: ConversationRef | undefined;

  /** Changes the screen and takes the focus along where it was inside this phone. */
  const turnTo = (next: Screen) => {
    const focused = section.contains(document.activeElement);
    screen = next;
    stage.replaceChildren({ signIn, list, conversation }[next].element);
    if (next === "conversation") conversation.enter();
    if (!focused) return;
    if (next === "conversation") conversation.focus();
    else if (next === "list") list.focusOn(opened);
    else stage.querySelector("input")?.focus();
  };

  return {
    element: section,
    update(page) {
      const { state } = phone;
      const { texts } = page;
      const chat = state.chat?.state;
      const signedIn = state.phase === "signedIn";
      const name = signedIn ? state.credentials.account : texts.phone(number);
      setText(title, name);
      setAttribute(section, "aria-label", texts.phone(number));
      setAttribute(section, "data-connection", state.connection);
      setText(
        status,
        signedIn
          ? `${texts.platforms[state.credentials.platform]} · ${texts.connections[state.connection]}`
          : texts.connections[state.connection],
      );
      setText(elsewhere, texts.elsewhere);
      setAttribute(elsewhere, "title", texts.elsewhereHint);
      setText(signOut, texts.signOut);
      tools.hidden = !signedIn;
      const problem = signedIn ? (chat?.problem ?? state.problem) : undefined;
      alert.update({ ...page, ...(problem ? { problem } : {}) });

      // The screen turns first: only what is in the page can scroll to its end.
      const next = screenOf(state);
      if (next !== screen) turnTo(next);
      opened = chat?.open;
      if (chat?.open) conversation.update({ ...page, open: chat.open });
      if (signedIn) list.update({ ...page, rows: chat?.rows ?? [], account: state.credentials.account });
      else signIn.update({ ...page, phone: state });
    },
  };
}
