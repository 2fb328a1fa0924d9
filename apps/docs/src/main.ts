import { createNimClient } from "@nimkit/sdk";
import { createBackend, type Mode } from "./model/backend.ts";
import { createJournal } from "./model/journal.ts";
import { createPhone } from "./model/phone.ts";
import { randomId } from "./model/random-id.ts";
import { keepPreferences, type Preferences, readPreferences, type Theme } from "./preferences.ts";
import "./style/index.css";
import { type Language, texts } from "./texts.ts";
import { element } from "./view/element.ts";
import { createEventLog } from "./view/event-log-view.ts";
import { createPageHead } from "./view/page-head-view.ts";
import { createPhoneView } from "./view/phone-view.ts";

/** The two accounts that the page begins with, and whom each writes to first. */
const PRESETS = [
  { account: "1001", suggested: "1002", platform: "ios" },
  { account: "1002", suggested: "1001", platform: "android" },
] as const;
const PRESET_PASSWORD = "1qaz2wsx";

const serverOnly = !("serviceWorker" in navigator);
const systemDark = matchMedia("(prefers-color-scheme: dark)");
let preferences: Preferences = readPreferences();
/** What the reader asked for; the backend follows. */
let wanted: Mode = serverOnly ? "server" : "page";
let changing = false;
let failure: string | undefined;

const languageNow = (): Language => preferences.language ?? (navigator.language.startsWith("zh") ? "zh" : "en");
const themeNow = (): Theme => preferences.theme ?? (systemDark.matches ? "dark" : "light");

/** Events come in bursts; the page is drawn once for each burst. */
let scheduled = false;
function draw(): void {
  if (scheduled) return;
  scheduled = true;
  queueMicrotask(() => {
    scheduled = false;
    show();
  });
}

const backend = createBackend(async () => (await import("./page-network.ts")).createPageNetwork(location.origin));
const journal = createJournal(draw);
const phones = PRESETS.map(({ account, platform }, index) =>
  createPhone({
    index,
    credentials: { account, platform, password: PRESET_PASSWORD },
    journal,
    connect: (device) => createNimClient({ baseUrl: location.origin, ...device }),
    deviceId: `page-${randomId()}`,
    onChange: draw,
  }),
);

async function changeMode(mode: Mode): Promise<void> {
  wanted = mode;
  changing = true;
  failure = undefined;
  draw();
  await Promise.all(phones.map((phone) => phone.disconnect()));
  journal.clear();
  try {
    await backend.change(mode);
  } catch (error) {
    failure = error instanceof Error ? error.message : String(error);
    wanted = backend.mode;
  }
  changing = false;
  draw();
}

function prefer(change: Preferences): void {
  preferences = { ...preferences, ...change };
  keepPreferences(preferences);
  draw();
}

const head = createPageHead({
  toggleLanguage: () => prefer({ language: languageNow() === "en" ? "zh" : "en" }),
  toggleTheme: () => prefer({ theme: themeNow() === "dark" ? "light" : "dark" }),
  chooseMode: (mode) => void changeMode(mode),
});
const phoneViews = phones.map((phone, index) =>
  createPhoneView({ phone, number: index + 1, suggested: PRESETS[index]?.suggested ?? "" }),
);
const log = createEventLog(() => journal.clear());
const stage = element("main", { class: "phones" }, ...phoneViews.map((view) => view.element));
document.body.append(head.element, stage, log.element);

function show(): void {
  const language = languageNow();
  const page = { language, texts: texts[language] };
  const theme = themeNow();
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  document.documentElement.dataset.theme = theme;
  document.documentElement.dataset.mode = changing ? "changing" : backend.mode;
  document.title = `${page.texts.title} · Nimkit`;
  stage.inert = changing;
  head.update({
    ...page,
    theme,
    mode: wanted,
    changing,
    serverOnly,
    origin: location.origin,
    ...(failure ? { failure } : {}),
  });
  for (const view of phoneViews) view.update(page);
  log.update({ ...page, lines: journal.lines() });
}

systemDark.addEventListener("change", draw);
show();
if (!serverOnly) void changeMode("page");
