import { describe, expect, test } from "vitest";
import { replay } from "./fold-journal.ts";
import { row, testBackend } from "./kit.ts";

describe("B.14 push", () => {
  test(row("B.14", "the switch is Android's, each device has its own, and it outlives a login"), () => {
    const b = testBackend({ policy: { kickStrategy: "all" } });
    const [phone, other] = [b.login("1001", "phone", "android"), b.login("1001", "other", "android")];
    const isOn = (deviceId: string) =>
      replay(b.journal, b.control.digest()).accounts.get("1001")?.devices.get(deviceId)?.peripherals.pushEnabled;
    expect(b.execute("push.enablePushService", { enable: false }, phone)).toEqual({});
    expect([isOn("phone"), isOn("other")]).toEqual([false, true]);
    b.execute("auth.logout", {}, phone);
    b.login("1001", "phone", "android");
    expect(isOn("phone")).toBe(false);
    b.execute("push.enablePushService", { enable: true }, phone);
    expect([isOn("phone"), isOn("other")]).toEqual([true, true]);
    expect(JSON.stringify(b.control.snapshot())).toContain('"pushEnabled":true');
    b.execute("push.enablePushService", { enable: true }, other);
    expect(b.journal.filter(({ type }) => type === "pushSwitched")).toHaveLength(2);
  });

  test.each(["ios", "web"] as const)(
    row("B.14", "on %s it depends on certificates: nothing is switched"),
    (platform) => {
      const b = testBackend();
      const ann = b.login("1001", "d", platform);
      expect(b.execute("push.enablePushService", { enable: false }, ann)).toEqual({});
      expect(b.journal.some(({ type }) => type === "pushSwitched")).toBe(false);
    },
  );
});
