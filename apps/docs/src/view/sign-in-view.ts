import type { Credentials, PhoneState, Platform } from "../model/phone.ts";
import { createAlert, type Page } from "./alert-view.ts";
import { createChoice } from "./choice-view.ts";
import { element, setAttribute, setText, type View } from "./element.ts";
import { createField } from "./field-view.ts";

export interface SignInState extends Page {
  readonly phone: PhoneState;
}

const PLATFORMS: readonly Platform[] = ["ios", "android", "web"];

/** The form that signs a phone in. */
export function createSignInView(preset: Credentials, onSignIn: (credentials: Credentials) => void): View<SignInState> {
  let platform = preset.platform;
  const heading = element("h3");
  const notice = element("p");
  const noticeBox = element("div", { class: "notice", hidden: true }, notice);
  const account = createField({
    value: preset.account,
    required: true,
    maxlength: "32",
    autocapitalize: "off",
    name: "account",
  });
  const password = createField({ value: preset.password, required: true, type: "password", name: "password" });
  const choice = createChoice({
    values: PLATFORMS,
    onChoose: (value) => {
      platform = value;
    },
  });
  const hint = element("p", { class: "hint" });
  const button = element("button", { type: "submit", class: "primary" });
  const alert = createAlert();
  const form = element(
    "form",
    { class: "sign-in" },
    heading,
    element("div", { role: "alert" }, noticeBox),
    account.element,
    password.element,
    choice.element,
    alert.element,
    button,
    hint,
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    onSignIn({ account: account.input.value.trim(), password: password.input.value, platform });
  });

  return {
    element: form,
    update({ phone, texts, language }) {
      const busy = phone.phase === "signingIn";
      setText(heading, texts.signIn);
      account.update({ label: texts.account });
      password.update({ label: texts.password });
      choice.update({ legend: texts.platform, labels: texts.platforms, value: platform, disabled: busy });
      setText(hint, texts.preset);
      setText(button, busy ? texts.signingIn : texts.signIn);
      setAttribute(form, "aria-busy", busy ? "true" : false);
      setAttribute(button, "aria-disabled", busy ? "true" : false);
      noticeBox.hidden = phone.notice === undefined;
      setText(
        notice,
        phone.notice ? (phone.notice.kind === "kicked" ? texts.kicked(phone.notice.reason) : texts.expired) : "",
      );
      alert.update({ texts, language, ...(phone.problem ? { problem: phone.problem } : {}) });
    },
  };
}
