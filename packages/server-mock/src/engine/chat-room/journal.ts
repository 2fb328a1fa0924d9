/** Facts about chat rooms. */
export type ChatRoomEvent = never;
