/** Facts about calls. */
export type CallEvent = never;
