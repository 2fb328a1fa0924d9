import type { Language } from "./texts.ts";

export type Theme = "light" | "dark";

/** What a reader chose; absent until then, so that the system decides. */
export interface Preferences {
  readonly language?: Language;
  readonly theme?: Theme;
}

const isLanguage = (value: unknown): value is Language => value === "en" || value === "zh";
const isTheme = (value: unknown): value is Theme => value === "light" || value === "dark";

const KEY = "nimkit.docs.preferences";

/** Reads what was chosen on an earlier visit. A browser that keeps nothing gives an empty answer. */
export function readPreferences(): Preferences {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    if (typeof kept !== "object" || kept === null) return {};
    return {
      ...("language" in kept && isLanguage(kept.language) ? { language: kept.language } : {}),
      ...("theme" in kept && isTheme(kept.theme) ? { theme: kept.theme } : {}),
    };
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
