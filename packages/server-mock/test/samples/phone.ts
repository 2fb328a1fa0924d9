// A phone on which samples run: the module as `installApi` provides it, and a record of what it said.
import { readFileSync } from "node:fs";
import { compileFunction } from "node:vm";
import { installApi, type ModuleEntry, moduleEntries, type NimModuleError } from "@nimkit/sdk/module";

/** One callback, or what a synchronous entry returned. */
export interface Answer {
  readonly entry: string;
  readonly ret: unknown;
  readonly err: NimModuleError | undefined;
}

/** A phone, until it is switched off. */
export interface Phone {
  /** What the sample was told, in order. */
  readonly answers: readonly Answer[];
  /** What the sample printed. */
  readonly printed: readonly string[];
  /** What a callback of the sample threw. */
  readonly thrown: readonly unknown[];
  /** Entries that the sample called and that have not called back to the end, and listeners never called. */
  open(entry: string): readonly string[];
  /** Runs a sample's file as an app would. */
  run(file: string): void;
  /** Calls an entry besides the sample; its answer is not recorded. Rejects with what the module gives as `err`. */
  ask(entry: string, params: object): Promise<unknown>;
  switchOff(): void;
}

export interface PhoneOptions {
  readonly baseUrl: string;
  readonly platform: "ios" | "android";
  readonly resolveFile: (path: string) => Promise<Uint8Array>;
  /** Told of every answer. */
  readonly onAnswer: () => void;
}

type EntryFunction = (...args: readonly unknown[]) => unknown;

const CLOSING: ReadonlySet<unknown> = new Set(["end", "success", "cancel", "complete"]);

interface Call {
  readonly entry: ModuleEntry;
  over: boolean;
}

/** Whether an answer is the last one of its call. */
function isLast({ kind }: ModuleEntry, ret: unknown, err: unknown): boolean {
  if (kind !== "progress" || err !== undefined) return true;
  return CLOSING.has(Reflect.get(Object(ret), "evenType"));
}

/** Switches a phone on. One at a time: it provides the global `api`. */
export function createPhone({ onAnswer, ...options }: PhoneOptions): Phone {
  const answers: Answer[] = [];
  const printed: string[] = [];
  const thrown: unknown[] = [];
  const calls: Call[] = [];
  const uninstall = installApi({
    ...options,
    deviceId: `phone-${options.platform}`,
    onListenerError: (error) => thrown.push(error),
  });
  const host: unknown = Reflect.get(globalThis, "api");
  const provide = Reflect.get(Object(host), "require") as (name: string) => Readonly<Record<string, EntryFunction>>;
  const nim = provide("nim");

  function recorded(entry: ModuleEntry, call: EntryFunction): EntryFunction {
    if (entry.kind === "synchronous") {
      return (...args) => {
        const ret = call(...args);
        answers.push({ entry: entry.name, ret, err: undefined });
        return ret;
      };
    }
    return (...args) => {
      const callback = typeof args.at(-1) === "function" ? (args.at(-1) as EntryFunction) : undefined;
      const made: Call = { entry, over: false };
      calls.push(made);
      return call(...args.slice(0, callback && -1), (ret: unknown, err: NimModuleError | undefined) => {
        answers.push({ entry: entry.name, ret: structuredClone(ret), err });
        try {
          callback?.(ret, err);
        } finally {
          made.over ||= isLast(entry, ret, err);
          onAnswer();
        }
      });
    };
  }

  const watched = Object.fromEntries(
    moduleEntries.map((entry) => [entry.name, recorded(entry, nim[entry.name] ?? fail)]),
  );
  const api = {
    systemType: options.platform,
    require: (name: string): unknown => (name === "nim" ? watched : provide(name)),
  };
  const print = (line: unknown): void => {
    printed.push(String(line));
  };

  return {
    answers,
    printed,
    thrown,
    open: (name) =>
      calls
        .filter(({ over, entry }) => !over && (entry.kind !== "listener" || entry.name === name))
        .map(({ entry }) => entry.name),
    run(file) {
      const sample = compileFunction(readFileSync(file, "utf8"), ["api", "console"], { filename: file });
      sample(api, { log: print, error: print });
    },
    ask: (name, params) =>
      new Promise((resolve, reject) => {
        nim[name]?.(params, (ret: unknown, err: unknown) => (err === undefined ? resolve(ret) : reject(err)));
      }),
    switchOff: uninstall,
  };
}

function fail(): never {
  throw new Error("the module lacks this entry");
}
