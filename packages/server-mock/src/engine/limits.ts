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
/** Characters of the own name for a friend. Source: vendor's server API (behaviour.md C). */
export const MAX_ALIAS = 128;
/** Characters of a picture's address. Source: vendor's server API (behaviour.md C). */
export const MAX_AVATAR_URL = 1024;
/** Characters of a signature. Source: vendor's server API (behaviour.md C). */
export const MAX_SIGN = 256;
/** Earlier profiles of an account that are kept for devices that have not heard of a change; our own choice. */
export const MAX_EARLIER_PROFILES = 100;
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
/** Ext of a message to a chat room, in characters of its JSON. Source: vendor's server API (behaviour.md C). */
export const MAX_ROOM_MESSAGE_EXT = 4096;
/** Body of a custom message to a chat room, in characters of its JSON. Source: vendor's server API (behaviour.md C). */
export const MAX_ROOM_MESSAGE_BODY = 4096;
/** A chat room member's own data, in characters of its JSON. Source: module's document, 4K (behaviour.md C). */
export const MAX_ROOM_MEMBER_EXT = 4096;
/** Data of an entering member's notification, in characters of its JSON. Source: module's document, 1K (behaviour.md C). */
export const MAX_ROOM_NOTIFY_EXT = 1024;
/** Characters of a chat room's name, announcement and live address. Source: vendor's server API (behaviour.md C). */
export const MAX_ROOM_NAME = 128;
/** See {@link MAX_ROOM_NAME}. */
export const MAX_ROOM_ANNOUNCEMENT = 4096;
/** See {@link MAX_ROOM_NAME}. */
export const MAX_ROOM_BROADCAST_URL = 1024;
/** A chat room's own data, in characters of its JSON. Source: vendor's server API (behaviour.md C). */
export const MAX_ROOM_EXT = 4096;
/** Fixed members of a chat room. Source: vendor's guide (behaviour.md B.12, C). */
export const MAX_ROOM_FIXED_MEMBERS = 1000;
/** Messages or members of a page. Source: vendor's client SDK (behaviour.md B.5, B.12). */
export const MAX_ROOM_PAGE = 100;
/** Milliseconds of a mute for a time, 30 days. Source: vendor's server API (behaviour.md C). */
export const MAX_ROOM_TEMP_MUTE_MS = 2_592_000_000;
/** Milliseconds that an upload may take, and for which a finished one is still answered; our own choice, a day. */
export const UPLOAD_LIFETIME_MS = 24 * 3_600_000;
/** Parts in which a slowed download comes: it reports each; our own choice. */
export const DOWNLOAD_PARTS = 4;
/** Seconds of a recording. Source: vendor's limits page (behaviour.md B.14, C). */
export const MAX_RECORDING_SECONDS = 120;
/** Ended calls that the server still knows, to tell a late caller why; our own choice, older ones are 404. */
export const MAX_ENDED_CALLS = 1000;
