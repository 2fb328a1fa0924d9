// The fake native module: a backend seen through the callback module, as `api.require("nim")` gives it.
import { createMockBackend } from "@nimkit/server-mock";
import { createNativeModule } from "@nimkit/server-mock/module";
import { afterEach, expect, test } from "vitest";

const backend = createMockBackend();
afterEach(() => backend.control.reset());

test.each(["ios", "android"] as const)("an app on %s logs in, sends and gets its errors", async (platform) => {
  const nim = createNativeModule(backend, { platform, deviceId: `${platform}-1` });
  const login = (password: string) =>
    new Promise((resolve) => nim.login({ userId: "1001", password }, (ret, err) => resolve(err ?? ret)));
  expect(nim.isLogined()).toBe(false);
  expect(await login("wrong")).toMatchObject({ errorCode: 302, errorMessage: expect.any(String) });
  expect(await login("1qaz2wsx")).toMatchObject({ userId: "1001" });
  expect(nim.isLogined()).toBe(true);
  const seen = backend.control.log().flatMap(({ command }) => (command.kind === "connected" ? [command.deviceId] : []));
  expect(seen.at(-1)).toBe(`${platform}-1`);
  const sent = await new Promise((resolve) =>
    nim.sendText({ sessionId: "1002", sessionType: 0, content: "hi" }, (ret, err) => resolve(err ?? ret)),
  );
  expect(sent).not.toHaveProperty("errorCode");
  await new Promise((resolve) => nim.logout((ret) => resolve(ret)));
  expect(backend.control.openStreams()).toBe(0);
});
