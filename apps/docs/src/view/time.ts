import type { Language } from "../texts.ts";

const locales = { en: "en-GB", zh: "zh-CN" } as const;
const formats = new Map<string, Intl.DateTimeFormat>();

function format(language: Language, name: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language} ${name}`;
  const known = formats.get(key) ?? new Intl.DateTimeFormat(locales[language], options);
  formats.set(key, known);
  return known;
}

/** Hours and minutes in this time zone; `time` in milliseconds since 1970. */
export const clockTime = (time: number, language: Language): string =>
  format(language, "clock", { hour: "2-digit", minute: "2-digit" }).format(time);

/** Hours, minutes and seconds. */
export const exactTime = (time: number, language: Language): string =>
  format(language, "exact", {
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    fractionalSecondDigits: 3,
  }).format(time);

/** Day and time of day. */
export const fullTime = (time: number, language: Language): string =>
  format(language, "full", { dateStyle: "medium", timeStyle: "short" }).format(time);
