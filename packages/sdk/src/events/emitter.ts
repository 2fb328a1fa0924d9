import type { NimEventMap } from "../gen/events.ts";

/** An event of the client, with the place it has in the device's stream. */
export type NimEvent = {
  [K in keyof NimEventMap]: {
    /** Which event. */
    readonly name: K;
    /** What it says. */
    readonly value: NimEventMap[K];
    /** Its place in the stream: increasing, absent for an event that the SDK itself made (`loginStep`). */
    readonly offset?: number;
  };
}[keyof NimEventMap];

/** Hands events to listeners. */
export interface Emitter {
  /** Calls every listener of the event, in the order they came. One that throws does not stop the others. */
  emit(event: NimEvent): void;
  /** Adds a listener of one event; the result removes it. The same function may be added twice. */
  on<K extends keyof NimEventMap>(name: K, listener: (value: NimEventMap[K]) => void): () => void;
  /** Adds a listener of all events; the result removes it. */
  onAny(listener: (event: NimEvent) => void): () => void;
}

/** Runs `listener`; what it throws goes to `report`. */
export function isolate(listener: () => void, report: (error: unknown) => void): void {
  try {
    listener();
  } catch (error) {
    report(error);
  }
}

/** Makes an emitter. Errors of listeners go to `report`. */
export function createEmitter(report: (error: unknown) => void): Emitter {
  // One object per registration, so that adding a function twice means two calls and two removals.
  const entries = new Set<(event: NimEvent) => void>();

  function add(entry: (event: NimEvent) => void): () => void {
    entries.add(entry);
    return () => {
      entries.delete(entry);
    };
  }

  return {
    emit(event) {
      // A copy: listeners may come and go meanwhile. One that was just removed is not called any more.
      for (const entry of [...entries]) if (entries.has(entry)) isolate(() => entry(event), report);
    },
    on: (name, listener) =>
      add((event) => {
        if (event.name === name) (listener as (value: NimEvent["value"]) => void)(event.value);
      }),
    onAny: (listener) => add((event) => listener(event)),
  };
}
