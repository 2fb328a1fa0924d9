import { afterEach, describe, expect, it } from "vitest";
import { transportFromServices } from "../../src/index.ts";
import { type ApiHost, createNimModule, installApi } from "../../src/module.ts";

const api = (): ApiHost => Reflect.get(globalThis, "api") as ApiHost;
const ask = (name: string): unknown => Reflect.apply(api().require, api(), [name]);
const transport = transportFromServices({});

afterEach(() => {
  Reflect.deleteProperty(globalThis, "api");
});

describe("installApi", () => {
  it("provides api.require('nim') and takes it back", () => {
    const uninstall = installApi({ transport });
    const nim = api().require("nim");
    expect(nim.sendText).toBeTypeOf("function");
    expect(api().require("nim")).toBe(nim);
    expect(() => ask("camera")).toThrow("camera");
    uninstall();
    expect("api" in globalThis).toBe(false);
    uninstall();
  });

  it("keeps an api that is there, and asks it for other modules", () => {
    const host = {
      name: "host",
      require(name: string) {
        return `${this.name}:${name}`;
      },
      toast: () => "toast",
    };
    const { require } = host;
    Reflect.set(globalThis, "api", host);
    const module = createNimModule({ transport });
    const uninstall = installApi({ module });
    expect(api()).toBe(host);
    expect([host.toast(), ask("camera"), ask("nim")]).toEqual(["toast", "host:camera", module]);
    uninstall();
    expect(host.require).toBe(require);
  });

  it("leaves alone what somebody installed after it", () => {
    const first = installApi({ transport });
    Reflect.set(globalThis, "api", { require: () => "other" });
    first();
    expect(ask("nim")).toBe("other");
  });

  it("says so when an api cannot be changed", () => {
    Reflect.set(globalThis, "api", Object.freeze({}));
    expect(() => installApi({ transport })).toThrow("require");
  });
});
