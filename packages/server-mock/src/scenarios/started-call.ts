import type { DescMessage, Message } from "@bufbuild/protobuf";
import { inTime, type Participant } from "./participants.ts";

/** An rpc that answers in steps and was begun. */
export interface StartedCall {
  readonly person: Participant;
  /** Such as `alice.audio.playAudio`. */
  readonly what: string;
  readonly schema: DescMessage;
  /** Resolves when the first answer is there, or the end. @throws Error when neither comes in time */
  first(): Promise<void>;
  /** The next answer; undefined when there is none any more. @throws what the rpc failed with */
  next(): Promise<Message | undefined>;
  /** The reader goes away. False: there was nothing more to read. */
  leave(): boolean;
}

/** Reads answers as they come, so that the backend sees a reader that keeps up. */
export function startCall(
  origin: Pick<StartedCall, "person" | "what" | "schema">,
  begin: (signal: AbortSignal) => AsyncIterable<Message>,
): StartedCall {
  const controller = new AbortController();
  const answers: Message[] = [];
  let over = false;
  let failure: { readonly reason: unknown } | undefined;
  let wake: () => void = () => undefined;

  async function read(): Promise<void> {
    try {
      for await (const answer of begin(controller.signal)) {
        answers.push(answer);
        wake();
      }
    } catch (reason) {
      failure = { reason };
    }
    over = true;
    wake();
  }
  void read();

  const something = (): Promise<void> =>
    answers.length > 0 || over
      ? Promise.resolve()
      : inTime(
          new Promise<void>((resolve) => {
            wake = resolve;
          }),
          `no answer of ${origin.what} came`,
        );

  return {
    ...origin,
    first: something,
    async next() {
      await something();
      const answer = answers.shift();
      if (!answer && failure) throw failure.reason;
      return answer;
    },
    leave() {
      const open = !over;
      controller.abort();
      return open;
    },
  };
}
