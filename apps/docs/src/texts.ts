// Every word of the page, in both languages.
import type { NimState } from "@nimkit/sdk";
import type { Kick } from "@nimkit/sdk/protocol";
import { en } from "./texts-en.ts";
import { zh } from "./texts-zh.ts";

export type Language = "en" | "zh";

/** The words of one language. */
export interface Texts {
  readonly title: string;
  readonly lede: string;
  readonly languageName: string;
  readonly otherLanguage: string;
  readonly dark: string;
  readonly light: string;
  readonly backend: string;
  readonly page: string;
  readonly pageHint: string;
  readonly server: string;
  readonly serverHint: (origin: string) => string;
  readonly noWorker: string;
  readonly changing: string;
  readonly phone: (number: number) => string;
  readonly signIn: string;
  readonly signingIn: string;
  readonly signOut: string;
  readonly elsewhere: string;
  readonly elsewhereHint: string;
  readonly account: string;
  readonly password: string;
  readonly platform: string;
  readonly platforms: { readonly ios: string; readonly android: string; readonly web: string };
  readonly preset: string;
  readonly connections: Readonly<Record<NimState, string>>;
  readonly kicked: (reason: Kick["reason"]) => string;
  readonly expired: string;
  readonly dismiss: string;
  readonly conversations: string;
  readonly noConversations: string;
  readonly noMessages: string;
  readonly unread: (count: number) => string;
  readonly startChat: string;
  readonly person: string;
  readonly team: string;
  readonly kind: string;
  readonly recipient: string;
  readonly open: string;
  readonly back: string;
  readonly messages: (name: string) => string;
  readonly loading: string;
  readonly empty: string;
  readonly compose: string;
  readonly text: string;
  readonly tip: string;
  readonly place: string;
  readonly writeText: string;
  readonly writeTip: string;
  readonly placeTitle: string;
  readonly samplePlace: string;
  readonly latitude: string;
  readonly longitude: string;
  readonly send: string;
  readonly sending: string;
  readonly sent: string;
  readonly read: string;
  readonly failed: string;
  readonly again: string;
  readonly actions: string;
  readonly revoke: string;
  readonly revokedByMe: string;
  readonly revokedBy: (account: string) => string;
  readonly notification: string;
  readonly otherContent: (type: number) => string;
  readonly you: string;
  /** Stands between who or what and the words. */
  readonly colon: string;
  readonly inBrackets: (text: string) => string;
  readonly log: string;
  readonly logHint: string;
  readonly logEmpty: string;
  readonly clear: string;
}

/** The dictionary. */
export const texts: Readonly<Record<Language, Texts>> = { en, zh };
