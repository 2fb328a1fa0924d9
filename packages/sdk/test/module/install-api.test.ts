import { afterEach, describe, expect, it } from "vitest";
import { transportFromServices } from "../../src/index.ts";
import { type ApiHost, createNimModule, installApi } from "../../src/module.ts";
import { createFakeBackend } from "./fake-backend.ts";

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

  it("closes the client that it made, and no other", async () => {
    const backend = createFakeBackend({});
    const uninstall = installApi({ transport: backend.transport });
    const nim = api().require("nim");
    await new Promise<void>((resolve, reject) =>
      nim.login({ userId: "1001", password: "secret" }, (ret, err) => (ret ? resolve() : reject(err))),
    );
    expect(nim.isLogined()).toBe(true);
    uninstall();
    expect(nim.isLogined()).toBe(false);
  });

  it("says so when an api cannot be changed", () => {
    Reflect.set(globalThis, "api", Object.freeze({}));
    expect(() => installApi({ transport })).toThrow("require");
  });
});
