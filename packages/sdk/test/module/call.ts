import type { NimModuleError } from "../../src/module.ts";

/** What one callback got. */
export interface Answer {
  readonly ret: unknown;
  readonly err: NimModuleError | undefined;
}

/** Calls an entry of the module by name, as an untyped app would, and waits for its first callback. */
export function call(nim: object, name: string, ...args: readonly unknown[]): Promise<Answer> {
  return new Promise((resolve) => {
    invoke(nim, name, ...args, (ret: unknown, err: NimModuleError | undefined) => resolve({ ret, err }));
  });
}

/** Calls an entry of the module by name and gives back what it returns. */
export function invoke(nim: object, name: string, ...args: readonly unknown[]): unknown {
  const entry: unknown = Reflect.get(nim, name);
  if (typeof entry !== "function") throw new Error(`${name} is no function`);
  return Reflect.apply(entry, nim, args);
}
