import type { Backend } from "../../src/backend/index.ts";
import type { Actor } from "../../src/engine/entry.ts";
import type { SubscribeCommand, SubscribeReply } from "../../src/gen/commands.ts";

type Frame = SubscribeReply["frame"];

/** Reads a stream frame by frame. */
export interface StreamReader {
  /** The next frame; undefined when the stream has ended. */
  next(): Promise<Frame | undefined>;
  /** The next frames, as many as said. */
  take(count: number): Promise<Frame[]>;
  /** All frames up to the end of the stream. */
  rest(): Promise<Frame[]>;
  /** Leaves the stream. */
  leave(): Promise<void>;
}

export function readStream(
  backend: Backend,
  actor: Actor,
  command: SubscribeCommand = {},
  signal?: AbortSignal,
): StreamReader {
  const iterator = backend.subscribe(actor, command, signal ? { signal } : {})[Symbol.asyncIterator]();
  const next = async (): Promise<Frame | undefined> => {
    const result = await iterator.next();
    return result.done ? undefined : result.value.frame;
  };
  const collect = async (isEnough: (frames: Frame[]) => boolean): Promise<Frame[]> => {
    const frames: Frame[] = [];
    while (!isEnough(frames)) {
      const frame = await next();
      if (!frame) break;
      frames.push(frame);
    }
    return frames;
  };
  return {
    next,
    take: (count) => collect((frames) => frames.length === count),
    rest: () => collect(() => false),
    leave: async () => {
      await iterator.return?.();
    },
  };
}

/** Short form of frames for comparison: an event as `kind@offset`, an end as `end:reason@offset`. */
export function brief(frames: readonly Frame[]): string[] {
  return frames.map(briefFrame);
}

function briefFrame(frame: Frame): string {
  switch (frame.case) {
    case "opened":
      return `opened@${frame.value.offset}${frame.value.recovered ? "" : " reset"}`;
    case "event":
      return `${frame.value.event.payload.case}@${frame.value.offset}`;
    case "end":
      return `end:${frame.value.reason}@${frame.value.offset}`;
    case "relations":
      return frame.value.full ? "relations" : "delta";
    case "heartbeat":
      return "heartbeat";
  }
}
