/** Facts about teams. */
export type TeamEvent = never;
