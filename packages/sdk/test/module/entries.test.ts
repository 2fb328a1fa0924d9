import { describe, expect, it } from "vitest";
import { nimServices, transportFromServices } from "../../src/index.ts";
import { createNimModule, moduleEntries } from "../../src/module.ts";
import { call } from "./call.ts";

const names = moduleEntries.map(({ name }) => name);

describe("entries", () => {
  it("are the 125 of the module: 100 callback methods, 3 synchronous ones, 22 listeners", () => {
    const nim = createNimModule({ transport: transportFromServices({}) });
    expect(Object.keys(nim).sort()).toEqual([...names].sort());
    expect(names).toHaveLength(125);
    for (const name of names) expect(Reflect.get(nim, name), name).toBeTypeOf("function");
    const count = (kinds: string[]): number => moduleEntries.filter(({ kind }) => kinds.includes(kind)).length;
    expect([count(["callback", "progress"]), count(["synchronous"]), count(["listener"])]).toEqual([100, 3, 22]);
  });

  it("all call back with an error when nobody implements them, and never throw", async () => {
    const nim = createNimModule({ transport: transportFromServices({}), language: "en" });
    for (const { name, kind } of moduleEntries) {
      if (kind !== "callback" && kind !== "progress") continue;
      const { ret, err } = await call(nim, name, {});
      expect(ret, name).toBeUndefined();
      expect(err, name).toEqual({ errorCode: expect.any(Number), errorMessage: expect.stringMatching(/./) });
    }
  });

  it("all answer an implementation that returns an empty response", async () => {
    const impls: Record<string, Record<string, unknown>> = {};
    for (const [name, { methods }] of Object.entries(nimServices)) {
      const service: Record<string, unknown> = {};
      for (const { localName, methodKind } of methods) {
        service[localName] =
          methodKind === "unary"
            ? async () => ({})
            : async function* () {
                yield {};
              };
      }
      impls[name] = service;
    }
    const nim = createNimModule({
      transport: transportFromServices(impls as Parameters<typeof transportFromServices>[0]),
    });
    for (const { name, kind, status } of moduleEntries) {
      // login waits for its stream.
      if ((kind !== "callback" && kind !== "progress") || name === "login" || name === "allRecentSession") continue;
      const { ret, err } = await call(nim, name, {});
      expect(err, name).toBeUndefined();
      if (status) expect(ret, name).toMatchObject({ status: true });
    }
  });
});
