import type { NimEventMap } from "../gen/events.ts";
import { createListeners } from "./listeners.ts";

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

/** Makes an emitter. Errors of listeners go to `report`. */
export function createEmitter(report: (error: unknown) => void): Emitter {
  const listeners = createListeners<[NimEvent]>(report);
  return {
    emit: listeners.call,
    on: (name, listener) =>
      listeners.add((event) => {
        if (event.name === name) (listener as (value: NimEvent["value"]) => void)(event.value);
      }),
    onAny: listeners.add,
  };
}
