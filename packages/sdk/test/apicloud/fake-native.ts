import { moduleEntries } from "../../src/module.ts";

/** What a native entry gives to its callback. */
export type NativeAnswer = { readonly ret: unknown } | { readonly err: unknown };

/** One call that reached the phone. */
export interface NativeCall {
  readonly name: string;
  readonly params: unknown;
}

/** A phone's module made by hand: it answers what the test says and remembers what it was asked. */
export interface FakeNative {
  /** What `api.require("nim")` would give. */
  readonly module: Record<string, unknown>;
  readonly calls: readonly NativeCall[];
  /** How many callbacks are registered with a listener. */
  listeners(name: string): number;
  /** Tells the listeners of this name. */
  emit(name: string, payload: unknown): void;
  /** Calls back a running call of several callbacks. */
  progress(name: string, answer: NativeAnswer): void;
}

type Callback = (ret: unknown, err: unknown) => void;

/** `answers` by entry; an entry without one succeeds with nothing. `loggedIn` is what `isLogined` says. */
export function createFakeNative(
  answers: Readonly<Record<string, (params: unknown) => NativeAnswer | undefined>> = {},
): FakeNative {
  const calls: NativeCall[] = [];
  const listeners = new Map<string, ((payload: unknown) => void)[]>();
  const running = new Map<string, Callback>();
  let loggedIn = false;

  const give = (callback: Callback, answer: NativeAnswer): void => {
    if ("err" in answer) callback(undefined, answer.err);
    else callback(answer.ret, undefined);
  };

  function run(name: string, args: readonly unknown[]): void {
    const callback = args.find((arg): arg is Callback => typeof arg === "function");
    const params = typeof args[0] === "function" ? undefined : args[0];
    calls.push({ name, params });
    const answer = answers[name] === undefined ? { ret: { status: true } } : answers[name](params);
    if (callback === undefined) return;
    if (answer === undefined) running.set(name, callback);
    else {
      if (name === "login" && "ret" in answer) loggedIn = true;
      queueMicrotask(() => give(callback, answer));
    }
  }

  const module: Record<string, unknown> = {};
  for (const { name, kind } of moduleEntries) {
    if (kind === "listener") {
      module[name] = (callback: (payload: unknown) => void) => {
        listeners.set(name, [...(listeners.get(name) ?? []), callback]);
      };
    } else if (kind === "synchronous") {
      module[name] = (params: unknown) => {
        calls.push({ name, params });
        return name === "isLogined" ? loggedIn : true;
      };
    } else module[name] = (...args: unknown[]) => run(name, args);
  }

  return {
    module,
    calls,
    listeners: (name) => listeners.get(name)?.length ?? 0,
    emit(name, payload) {
      for (const listener of listeners.get(name) ?? []) listener(payload);
    },
    progress(name, answer) {
      const callback = running.get(name);
      if (callback === undefined) throw new Error(`no ${name} is running`);
      give(callback, answer);
    },
  };
}
