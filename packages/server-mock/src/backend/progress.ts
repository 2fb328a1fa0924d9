import { ErrorCode } from "@nimkit/sdk/protocol/enums";
import type { JournalEvent, ProgressRpc } from "../engine/journal.ts";
import type { ReplyOf } from "../gen/commands.ts";
import { RuleError } from "./rule-error.ts";

/** The steps of what devices are doing, on their way to the callers that read them. */
export interface ProgressHub {
  /** Hands what an entry caused to the readers. */
  publish(events: readonly JournalEvent[]): void;
  /** Breaks all readers off: the backend closes, or its world was replaced. */
  cut(): void;
  /** Reads the steps of a call; `begin` commits it, and `leave` is told when the reader goes before the end. */
  read(source: ProgressSource): AsyncGenerator<ReplyOf<ProgressRpc>, void, undefined>;
}

/** What a reader reads. */
export interface ProgressSource {
  readonly rpc: ProgressRpc;
  readonly signal?: AbortSignal | undefined;
  /** Commits the call. @throws RuleError when it is refused. */
  begin(): { readonly call: number; readonly events: readonly JournalEvent[] };
  /** The reader left although more would have come. */
  leave(call: number): void;
}

interface Reader {
  readonly steps: ReplyOf<ProgressRpc>[];
  state: "open" | "ended" | "cut";
  /** What an ended call failed with. */
  failure: ErrorCode | undefined;
  wake: () => void;
}

/** Creates a hub without readers. */
export function createProgressHub(): ProgressHub {
  const readers = new Map<number, Reader>();

  const publish = (events: readonly JournalEvent[]): void => {
    for (const event of events) {
      if (event.type !== "progressed" && event.type !== "progressEnded") continue;
      const reader = readers.get(event.call);
      if (!reader) continue;
      if (event.type === "progressed") reader.steps.push(event.reply);
      else {
        reader.state = "ended";
        reader.failure = event.error;
      }
      reader.wake();
    }
  };

  return {
    publish,
    cut() {
      for (const reader of readers.values()) {
        if (reader.state === "open") reader.state = "cut";
        reader.wake();
      }
    },
    async *read({ rpc, signal, begin, leave }) {
      if (signal?.aborted) return;
      const { call, events } = begin();
      const reader: Reader = { steps: [], state: "open", failure: undefined, wake: () => undefined };
      readers.set(call, reader);
      // The other readers were told when the entry was committed.
      publish(events.filter((event) => "call" in event && event.call === call));
      let gone = false;
      // On the signal, because a generator that waits for a blocked writer is never resumed (reliability.md Z3).
      const go = (): void => {
        if (gone) return;
        gone = true;
        signal?.removeEventListener("abort", go);
        readers.delete(call);
        if (reader.state === "open") leave(call);
        reader.wake();
      };
      signal?.addEventListener("abort", go, { once: true });
      try {
        while (!gone) {
          const step = reader.steps.shift();
          if (step) yield step;
          else if (reader.state === "ended") {
            if (reader.failure !== undefined) throw new RuleError(rpc, reader.failure);
            return;
          } else if (reader.state === "cut") throw new RuleError(rpc, ErrorCode.NOT_CONNECTED);
          else
            await new Promise<void>((resolve) => {
              reader.wake = resolve;
            });
        }
      } finally {
        go();
      }
    },
  };
}
