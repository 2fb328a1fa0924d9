import type { Opened } from "../gen/nim/v1/event_service_pb.ts";

/** Where a device stands in its stream of events: what was delivered is never delivered again. */
export interface Cursor {
  /** What to ask the server for; undefined before the first stream. */
  position(): { readonly epoch: string; readonly offset: number } | undefined;
  /** Takes the server's answer. True: events may be missing, the app must read its data again. */
  open(opened: Opened): boolean;
  /** Takes an event. False: it was delivered before. */
  advance(offset: number): boolean;
}

/** Starts without a position. */
export function createCursor(): Cursor {
  let position: { epoch: string; offset: number } | undefined;
  return {
    position: () => position,
    open({ epoch, offset, recovered }) {
      // Offsets of two epochs cannot be compared, so a new one is a reset whatever the flag says.
      if (position !== undefined && recovered && position.epoch === epoch) return false;
      const reset = position !== undefined;
      position = { epoch, offset };
      return reset;
    },
    advance(offset) {
      if (position === undefined || offset <= position.offset) return false;
      position = { epoch: position.epoch, offset };
      return true;
    },
  };
}
