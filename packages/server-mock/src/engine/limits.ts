/** Ext of a message, in characters of its JSON. Source: vendor's server API (behaviour.md C). */
export const MAX_MESSAGE_EXT = 1024;
/** Ext of a profile, in characters of its JSON. Source: vendor's server API (behaviour.md C). */
export const MAX_PROFILE_EXT = 1024;
/** Body of a custom message, in characters of its JSON. Source: vendor's server API (behaviour.md C). */
export const MAX_MESSAGE_BODY = 5000;
/** Levels of nesting in a user's own JSON. Source: reliability.md S9. */
export const MAX_JSON_DEPTH = 64;
/** Blacklisted users of an account. Source: vendor's product limits (behaviour.md B.7, C). */
export const MAX_BLACKLIST = 3000;
/** Devices of an account that may coexist under the kick strategy `all`. Source: vendor's multi-device guide. */
export const MAX_DEVICES = 10;
/** Characters of an e-mail address, a mobile number and a birthday. Source: vendor's server API (behaviour.md C). */
export const MAX_EMAIL = 64;
/** See {@link MAX_EMAIL}. */
export const MAX_MOBILE = 32;
/** Characters of a nickname. Source: vendor's server API (behaviour.md C). */
export const MAX_NICKNAME = 64;
/** Characters of a picture's address. Source: vendor's server API (behaviour.md C). */
export const MAX_AVATAR_URL = 1024;
/** Characters of a signature. Source: vendor's server API (behaviour.md C). */
export const MAX_SIGN = 256;
/** Users of one fetch. Source: vendor's client SDK (behaviour.md B.11). */
export const MAX_USERS_PER_FETCH = 150;
/** Messages of a page of the history. Source: vendor's server API (behaviour.md B.5). */
export const MAX_HISTORY_PAGE = 100;
/** Messages of one event when missed messages are handed over at login; our own choice, one history page. */
export const MESSAGES_PER_EVENT = 100;
/** Events that a device's feed keeps for resuming. Source: reliability.md P2. */
export const FEED_WINDOW_EVENTS = 10_000;
/** Milliseconds that a device's feed keeps events for resuming. Source: reliability.md P2. */
export const FEED_WINDOW_MS = 10 * 60_000;
/** Sessions, days and messages a new device starts from under roaming `service`. Source: vendor's limits page. */
export const ROAMING_SESSIONS = 100;
/** See {@link ROAMING_SESSIONS}. */
export const ROAMING_MS = 7 * 24 * 3_600_000;
/** See {@link ROAMING_SESSIONS}. */
export const ROAMING_MESSAGES = 100;
