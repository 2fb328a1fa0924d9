import { LoginStep } from "../../gen/nim/v1/auth_pb.ts";

/** What the phone's own login steps mean for the bridge. */
export interface Link {
  /** Takes a native step. */
  step(step: LoginStep): void;
  /** The native module let the device in. */
  loggedIn(): void;
  /** The device is out; whoever waits for the connection goes on and sees it. */
  loggedOut(): void;
  isLoggedIn(): boolean;
  /** Resolves when the phone is connected, logged out, or the signal aborts. */
  connected(signal: AbortSignal): Promise<void>;
}

/** Steps in which a phone that was logged in has no connection. */
const DOWN: ReadonlySet<LoginStep> = new Set([LoginStep.OFFLINE, LoginStep.CONNECT_FAILED]);

/** Steps in which it has one again. */
const UP: ReadonlySet<LoginStep> = new Set([LoginStep.AUTHENTICATED, LoginStep.SYNCING, LoginStep.SYNCED]);

/** Follows the phone's connection. `onLost`: it went away while logged in. */
export function createLink(onLost: () => void): Link {
  let inside = false;
  let down = false;
  const waiting = new Set<() => void>();

  const release = (): void => {
    for (const resolve of [...waiting]) resolve();
  };

  return {
    step(step) {
      if (inside && !down && DOWN.has(step)) {
        down = true;
        onLost();
      } else if (down && UP.has(step)) {
        down = false;
        release();
      }
    },
    loggedIn() {
      inside = true;
      down = false;
      release();
    },
    loggedOut() {
      inside = false;
      down = false;
      release();
    },
    isLoggedIn: () => inside,
    connected(signal) {
      return new Promise((resolve) => {
        const finish = (): void => {
          waiting.delete(finish);
          signal.removeEventListener("abort", finish);
          resolve();
        };
        if (!down || signal.aborted) {
          resolve();
          return;
        }
        waiting.add(finish);
        signal.addEventListener("abort", finish);
      });
    },
  };
}
