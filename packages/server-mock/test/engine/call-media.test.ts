import { CallControlType, CallType } from "@nimkit/sdk/protocol/enums";
import { describe, expect, test } from "vitest";
import type { Actor } from "../../src/engine/entry.ts";
import { type CallBackend, callBackend } from "./call-kit.ts";
import { replay } from "./fold-journal.ts";
import { codeOf, row } from "./kit.ts";

const { AUDIO, VIDEO } = CallType;

const switches: readonly (readonly [string, (b: CallBackend, actor: Actor) => unknown, object])[] = [
  ["setCallMute", (b, actor) => b.execute("callMedia.setCallMute", { mute: true }, actor), { mute: true }],
  [
    "setCallSpeaker",
    (b, actor) => b.execute("callMedia.setCallSpeaker", { useSpeaker: true }, actor),
    { speaker: true },
  ],
  ["switchCallCamera", (b, actor) => b.execute("callMedia.switchCallCamera", {}, actor), { camera: "back" }],
  ["switchCallCameraFlash", (b, actor) => b.execute("callMedia.switchCallCameraFlash", {}, actor), { flash: true }],
];
const untouched = { mute: false, speaker: false, camera: "front", flash: false };

async function call(b: CallBackend, type: CallType) {
  const [ann, ben] = [await b.join("1001", "ann"), await b.join("1002", "ben")];
  for (const device of [ann, ben]) b.prepare(device);
  const callId = b.start(ann, "1002", { type });
  return { ann, ben, callId };
}

const deviceOf = (b: CallBackend, actor: Actor) =>
  replay(b.journal).calls.devices.get(`${actor.account} ${actor.deviceId}`);

describe.each(switches)("%s", (name, run, changed) => {
  test(row("A.4", "20001 without a call, and while a call only rings here"), async () => {
    const b = callBackend();
    const ann = await b.join("1001");
    expect(codeOf(() => run(b, ann))).toBe(20001);
    b.control.reset();
    const { ben, callId } = await call(b, VIDEO);
    expect(codeOf(() => run(b, ben))).toBe(20001);
    b.respond(ben, callId, true, VIDEO);
    expect(codeOf(() => run(b, ben))).toBeUndefined();
  });

  test("acts from the start of the caller's call, on this device alone", async () => {
    const b = callBackend();
    const { ann, ben } = await call(b, VIDEO);
    run(b, ann);
    expect(deviceOf(b, ann)?.settings).toEqual({ ...untouched, ...changed });
    expect(deviceOf(b, ben)?.settings).toEqual(untouched);
  });

  test(row("A.4", "20002 in a voice call for camera and flash"), async () => {
    const b = callBackend();
    const { ann } = await call(b, AUDIO);
    expect(codeOf(() => run(b, ann))).toBe(name.startsWith("switch") ? 20002 : undefined);
  });

  test("20002 when the policy lets the engine fail", async () => {
    const b = callBackend({ policy: { callMediaFails: true } });
    const { ann } = await call(b, VIDEO);
    expect(codeOf(() => run(b, ann))).toBe(20002);
  });

  test(row("B.13", "lasts until the call ends"), async () => {
    const b = callBackend();
    const { ann, callId } = await call(b, VIDEO);
    run(b, ann);
    b.hangUp(ann, callId);
    expect(deviceOf(b, ann)?.settings).toEqual(untouched);
    expect(codeOf(() => run(b, ann))).toBe(20001);
  });

  test(row("B.13", "is lost when the call changes between voice and video"), async () => {
    const b = callBackend();
    const { ann, ben, callId } = await call(b, VIDEO);
    b.respond(ben, callId, true, VIDEO);
    run(b, ann);
    b.signal(ben, callId, CallControlType.SWITCH_TO_AUDIO);
    expect(deviceOf(b, ann)?.settings).toEqual(untouched);
    b.execute("callMedia.setCallMute", { mute: true }, ann);
    b.signal(ben, callId, CallControlType.SWITCH_TO_AUDIO);
    expect(deviceOf(b, ann)?.settings).toEqual({ ...untouched, mute: true });
    b.signal(ben, callId, CallControlType.VIDEO_REQUEST);
    b.signal(ann, callId, CallControlType.VIDEO_ACCEPT);
    expect(deviceOf(b, ann)?.settings).toEqual(untouched);
  });
});

test("camera and flash go back with the second call", async () => {
  const b = callBackend();
  const { ann } = await call(b, VIDEO);
  for (let i = 0; i < 2; i++) for (const [, run] of switches.slice(2)) run(b, ann);
  expect(deviceOf(b, ann)?.settings).toEqual(untouched);
});

describe("views", () => {
  test.each([{ w: -1 }, { h: -1 }, { x: Number.NaN }, { y: Number.POSITIVE_INFINITY }])(
    "%o is no rectangle",
    async (wrong) => {
      const b = callBackend();
      const ann = await b.join("1001");
      const [good, bad] = [
        { x: 0, y: 0 },
        { x: 0, y: 0, ...wrong },
      ];
      for (const [remoteRect, localRect] of [
        [good, bad],
        [bad, good],
      ] as const) {
        const command = { remoteRect, localRect, fixed: true };
        expect(codeOf(() => b.execute("callMedia.initCallRemoteView", command, ann))).toBe(414);
      }
    },
  );

  test("belong to a device, and may be removed twice", async () => {
    const b = callBackend();
    const [ann, web] = [await b.join("1001"), await b.join("1001", "web", "web")];
    b.prepare(ann);
    expect(codeOf(() => b.start(web, "1002", { type: VIDEO }))).toBe(-1);
    for (let i = 0; i < 2; i++) b.execute("callMedia.removeCallRemoteView", {}, ann);
    expect(deviceOf(b, ann)?.views).toBeUndefined();
  });
});
