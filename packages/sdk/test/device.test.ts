import { inspect } from "node:util";
import { create } from "@bufbuild/protobuf";
import { Code } from "@connectrpc/connect";
import { describe, expect, it, vi } from "vitest";
import { randomId } from "../src/client/environment.ts";
import { createNimClient, NimError } from "../src/index.ts";
import { ErrorCode, RelationsSchema } from "../src/protocol.ts";
import { DEVICE_ID_KEY, defaultDeviceId } from "../src/session/device-id.ts";
import { createRelationsCache } from "../src/session/relations.ts";
import { serverError } from "./fakes/fake-backend.ts";
import { createHarness, nimErrorOf } from "./fakes/harness.ts";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

function memoryStorage(): Storage {
  const items = new Map<string, string>();
  return {
    length: 0,
    clear: () => items.clear(),
    key: () => null,
    getItem: (key) => items.get(key) ?? null,
    setItem: (key, value) => void items.set(key, value),
    removeItem: (key) => void items.delete(key),
  };
}

describe("the device id", () => {
  it("is the tab's own in a browser", () => {
    const storage = memoryStorage();
    const first = defaultDeviceId(randomId, storage);
    expect(first).toMatch(UUID);
    expect(defaultDeviceId(randomId, storage)).toBe(first);
    expect(storage.getItem(DEVICE_ID_KEY)).toBe(first);
  });

  it("is new for each client elsewhere, and where the storage refuses", () => {
    const { transport } = createHarness().fake;
    expect(createNimClient({ transport }).deviceId).not.toBe(createNimClient({ transport }).deviceId);
    const refusing: Storage = {
      ...memoryStorage(),
      setItem() {
        throw new DOMException("full", "QuotaExceededError");
      },
    };
    expect(defaultDeviceId(randomId, refusing)).toMatch(UUID);
  });
});

it("ids are UUIDs on pages without https too", () => {
  const { getRandomValues } = globalThis.crypto;
  vi.stubGlobal("crypto", { getRandomValues: getRandomValues.bind(globalThis.crypto) });
  try {
    expect(randomId()).toMatch(UUID);
    expect(randomId()).not.toBe(randomId());
  } finally {
    vi.unstubAllGlobals();
  }
});

it("relations follow full lists and changes, whatever the case of an account", () => {
  const cache = createRelationsCache();
  cache.apply(create(RelationsSchema, { full: true, friendsAdded: ["Bob", "carol"], teamsAdded: ["1"] }));
  cache.apply(create(RelationsSchema, { friendsRemoved: ["BOB"], teamsAdded: ["2"], teamsRemoved: ["1"] }));
  expect([cache.isFriend("bob"), cache.isFriend("CAROL"), cache.isTeam("1"), cache.isTeam("2")]).toEqual([
    ...[false, true, false, true],
  ]);
  cache.apply(create(RelationsSchema, { full: true, teamsAdded: ["3"] }));
  expect([cache.isFriend("carol"), cache.isTeam("2"), cache.isTeam("3")]).toEqual([false, false, true]);
});

it("no error holds the token or the password", async () => {
  const h = createHarness();
  h.fake.token = "CANARY-token";
  const login = { userId: "alice", password: "CANARY-password" };
  h.fake.loginErrors = [serverError(ErrorCode.INVALID_PASSWORD, Code.Unauthenticated)];
  const errors = [await nimErrorOf(h.nim.auth.login(login))];
  await h.nim.auth.login(login);
  h.fake.sendErrors = [serverError(ErrorCode.BLACKLISTED, Code.PermissionDenied), new Error("boom")];
  for (let i = 0; i < 2; i += 1) {
    errors.push(await nimErrorOf(h.nim.message.sendText({ sessionId: "bob", content: "hi" })));
  }
  const http = createNimClient({
    baseUrl: "http://down.test",
    random: () => 0,
    fetch: async () => {
      throw new TypeError("fetch failed");
    },
  });
  errors.push(await nimErrorOf(http.auth.login(login)));
  h.nim.close();
  for (const error of errors) {
    expect(error).toBeInstanceOf(NimError);
    expect(inspect(error, { depth: 12, showHidden: true })).not.toContain("CANARY");
  }
});
