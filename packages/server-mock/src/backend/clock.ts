import { MAX_WAIT_MS, systemTimers, type Timers } from "./timers.ts";

/** The backend's time. It runs with the system's clock until somebody freezes, advances or sets it. */
export interface MockClock {
  /** Milliseconds since 1970, whole. */
  now(): number;
  /** Stops time. */
  freeze(): void;
  /** Lets time run again from where it stands. */
  resume(): void;
  /** Moves time forward by milliseconds and does, in order, everything that falls due on the way. */
  advance(ms: number): void;
  /** Moves time to an instant, in milliseconds since 1970. Going back does nothing that was due already. */
  set(time: number): void;
}

/** What the clock drives: the timeline of the world. */
export interface Timeline {
  /** When the next timer falls due; undefined when there is none. */
  nextDue(): number | undefined;
  /** Appends a tick to the log, at the clock's present time. */
  tick(): void;
}

/** The clock, and the timer that wakes the timeline. */
export interface ClockDriver extends MockClock {
  /** To be called after every change of the world: waits for the next due time. */
  arm(): void;
  /** Stops waiting, for good. */
  close(): void;
}

/** Options of {@link createClockDriver}. */
export interface ClockOptions {
  /** Source of real time in milliseconds since 1970. Default: the system's. */
  readonly now?: () => number;
  /** Source of waiting. Default: the system's. */
  readonly timers?: Timers;
  /** Starts frozen at this instant, in milliseconds since 1970. */
  readonly frozenAt?: number;
}

/** Creates the clock of a backend. The only place where the mock reads real time or sets a timer for it. */
export function createClockDriver(timeline: Timeline, options: ClockOptions = {}): ClockDriver {
  const real = options.now ?? Date.now;
  const timers = options.timers ?? systemTimers;
  let offset = 0;
  let frozenAt: number | undefined = options.frozenAt;
  let cancel: (() => void) | undefined;
  let armedFor: number | undefined;
  let closed = false;

  const now = (): number => Math.floor(frozenAt ?? real() + offset);
  const setNow = (time: number): void => {
    if (frozenAt !== undefined) frozenAt = time;
    else offset = time - real();
  };
  const disarm = (): void => {
    cancel?.();
    cancel = undefined;
  };
  const arm = (): void => {
    const due = timeline.nextDue();
    // Called after every commit: mostly the due time is the same and the timer may stay.
    if (cancel && due === armedFor) return;
    disarm();
    if (closed || frozenAt !== undefined || due === undefined) return;
    armedFor = due;
    const wait = Math.min(Math.max(due - now(), 0), MAX_WAIT_MS);
    cancel = timers.after(wait, wake, true);
  };
  const wake = (): void => {
    disarm();
    const due = timeline.nextDue();
    if (due !== undefined && due <= now()) timeline.tick();
    arm();
  };
  const moveTo = (time: number): void => {
    assertInstant(time);
    for (let due = timeline.nextDue(); due !== undefined && due <= time; due = timeline.nextDue()) {
      // A timer that is late already fires now: time does not go back for it.
      setNow(Math.max(due, now()));
      timeline.tick();
    }
    setNow(time);
    disarm();
    arm();
  };

  return {
    now,
    freeze() {
      frozenAt ??= now();
      disarm();
    },
    resume() {
      if (frozenAt === undefined) return;
      offset = frozenAt - real();
      frozenAt = undefined;
      arm();
    },
    advance(ms) {
      if (!(ms >= 0)) throw new RangeError(`advance takes a number of milliseconds that is not negative, not ${ms}`);
      moveTo(now() + ms);
    },
    set: moveTo,
    arm,
    close() {
      closed = true;
      disarm();
    },
  };
}

function assertInstant(time: number): void {
  if (!Number.isFinite(time) || time < 0) throw new RangeError(`not an instant in milliseconds since 1970: ${time}`);
}
