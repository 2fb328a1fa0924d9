import type { Language } from "./texts.ts";

export type Theme = "light" | "dark";

/** What a reader chose; absent until then, so that the system decides. */
export interface Preferences {
  readonly language?: Language;
  readonly theme?: Theme;
}

const KEY = "nimkit.docs.preferences";

/** Reads what was chosen on an earlier visit. A browser that keeps nothing gives an empty answer. */
export function readPreferences(): Preferences {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    if (typeof kept !== "object" || kept === null) return {};
    const language =
      "language" in kept && (kept.language === "en" || kept.language === "zh") ? { language: kept.language } : {};
    const theme = "theme" in kept && (kept.theme === "light" || kept.theme === "dark") ? { theme: kept.theme } : {};
    return { ...language, ...theme };
  } catch {
    return {};
  }
}

/** Keeps a choice for the next visit, where the browser allows it. */
export function keepPreferences(preferences: Preferences): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(preferences));
  } catch {
    // A private window may refuse; the choice then lasts as long as the page.
  }
}
