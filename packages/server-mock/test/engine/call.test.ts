import { CallControlType, CallNetQuality, CallState, CallType, ErrorCode } from "@nimkit/sdk/protocol/enums";
import { describe, expect, test } from "vitest";
import { type CallBackend, callBackend } from "./call-kit.ts";
import { replay } from "./fold-journal.ts";
import { codeOf, row } from "./kit.ts";

const { AUDIO, VIDEO } = CallType;
const { IDLE, CALLING, RINGING_REMOTE, RINGING, CONNECTING, TALKING } = CallState;
const NET_LOSS = 30_000;
const RING = 45_000;

/** Ann calls Ben: both are there and Ben rings. */
async function ringing(b: CallBackend, platforms: { ann?: "ios" | "android"; ben?: "ios" | "android" } = {}) {
  const [ann, ben] = [await b.join("1001", "ann", platforms.ann), await b.join("1002", "ben", platforms.ben)];
  return { ann, ben, callId: b.start(ann, "1002") };
}

/** They talk. */
async function talking(b: CallBackend, platforms: { ann?: "ios" | "android"; ben?: "ios" | "android" } = {}) {
  const call = await ringing(b, platforms);
  b.respond(call.ben, call.callId, true);
  return call;
}

/** They see each other. */
async function videoCall(b: CallBackend) {
  const [ann, ben] = [await b.join("1001", "ann"), await b.join("1002", "ben")];
  for (const device of [ann, ben]) b.prepare(device);
  const callId = b.start(ann, "1002", { type: VIDEO });
  b.respond(ben, callId, true, VIDEO);
  return { ann, ben, callId };
}

describe("B.13 start", () => {
  test(row("B.13", "the call has an id that no JavaScript number holds, another one each time"), async () => {
    const b = callBackend();
    const { ann, callId } = await ringing(b);
    b.hangUp(ann, callId);
    const second = b.start(ann, "1002");
    for (const id of [callId, second]) {
      expect(id).toMatch(/^[1-9]\d{18}$/);
      expect(BigInt(id)).toBeGreaterThan(BigInt(Number.MAX_SAFE_INTEGER));
      expect(BigInt(id)).toBeLessThan(2n ** 63n);
    }
    expect(second).not.toBe(callId);
  });

  test(row("B.13", "a call already running gives 10012, on either side and while it rings"), async () => {
    const b = callBackend();
    const { ann, ben } = await ringing(b);
    expect(codeOf(() => b.start(ann, "1003"))).toBe(ErrorCode.CALL_BUSY);
    expect(codeOf(() => b.start(ben, "1003"))).toBe(ErrorCode.CALL_BUSY);
  });

  test(row("B.13", "another device of the caller's account is free to call"), async () => {
    const b = callBackend();
    await ringing(b);
    const web = await b.join("1001", "web", "web");
    expect(codeOf(() => b.start(web, "1003"))).toBeUndefined();
  });

  test.each([
    ["nobody", "nobody", 404],
    ["oneself", "1001", 414],
  ])(row("B.13", "calling %s gives a code"), async (_, callee, code) => {
    const b = callBackend();
    const ann = await b.join("1001");
    expect(codeOf(() => b.start(ann, callee))).toBe(code);
  });

  test(row("B.13", "one callee only"), async () => {
    const b = callBackend();
    const ann = await b.join("1001");
    expect(codeOf(() => b.start(ann, "", { callees: [] }))).toBe(-1);
    expect(codeOf(() => b.start(ann, "", { callees: ["1002", "1003"] }))).toBe(414);
  });

  test(row("B.13", "video needs views first; they stand until they are removed"), async () => {
    const b = callBackend();
    const [ann] = [await b.join("1001"), await b.join("1002")];
    expect(codeOf(() => b.start(ann, "1002", { type: VIDEO }))).toBe(-1);
    b.prepare(ann);
    b.hangUp(ann, b.start(ann, "1002", { type: VIDEO }));
    b.hangUp(ann, b.start(ann, "1002", { type: VIDEO }));
    b.execute("callMedia.removeCallRemoteView", {}, ann);
    expect(codeOf(() => b.start(ann, "1002", { type: VIDEO }))).toBe(-1);
  });

  test(row("B.13", "an offline callee keeps ringing by default"), async () => {
    const b = callBackend();
    const ann = await b.join("1001");
    b.start(ann, "1002");
    expect(b.stateOf(ann)).toBe(CALLING);
  });

  test.each([
    ["ios", ErrorCode.CALLEE_OFFLINE],
    ["web", ErrorCode.CALLEE_OFFLINE],
    ["android", undefined],
  ] as const)(row("B.13", "without alwaysKeepCalling, on %s: %s"), async (platform, code) => {
    const b = callBackend({ policy: { alwaysKeepCalling: false } });
    const ann = await b.join("1001", "ann", platform);
    expect(codeOf(() => b.start(ann, "1002"))).toBe(code);
    const other = await b.join("1003", "cleo", platform);
    await b.join("1002");
    expect(codeOf(() => b.start(other, "1002"))).toBeUndefined();
  });

  test(row("B.13", "a start too soon after the last call fails with -1 under the policy of 2 s"), async () => {
    const b = callBackend({ policy: { callPauseMs: 2000 } });
    const { ann, callId } = await ringing(b);
    b.hangUp(ann, callId);
    b.control.clock.advance(1999);
    expect(codeOf(() => b.start(ann, "1002"))).toBe(-1);
    b.control.clock.advance(1);
    expect(codeOf(() => b.start(ann, "1002"))).toBeUndefined();
  });
});

describe("B.13 receive and busy", () => {
  test(row("B.13", "the callee gets caller, id, type and ext; its device sends control 12 by itself"), async () => {
    const b = callBackend();
    const [ann, ben] = [await b.join("1001"), await b.join("1002")];
    b.prepare(ann);
    const callId = b.start(ann, "1002", { type: VIDEO, ext: '{"room":7}' });
    expect(b.values(ben, "callReceived")).toEqual([{ caller: "1001", callId, type: VIDEO, extra: '{"room":7}' }]);
    expect(b.values(ann, "callControl")).toEqual([{ callId, userId: "1002", control: CallControlType.RECEIVED }]);
    expect([b.stateOf(ann), b.stateOf(ben)]).toEqual([RINGING_REMOTE, RINGING]);
  });

  test(row("B.13", "a call without ext has no extra"), async () => {
    const b = callBackend();
    const { ben, callId } = await ringing(b);
    expect(b.values(ben, "callReceived")).toEqual([{ caller: "1001", callId, type: AUDIO }]);
  });

  test("all devices of the callee ring, and those that come while it rings; each says so once", async () => {
    const b = callBackend();
    const { ann, callId } = await ringing(b);
    const web = await b.join("1002", "web", "web");
    expect(b.values(web, "callReceived").map((value) => value.callId)).toEqual([callId]);
    await b.cut(web);
    await b.connect(web);
    expect(b.heard(web)).toEqual(["callReceived"]);
    expect(b.controls(ann)).toEqual([12, 12]);
  });

  test("a logged-in device without a stream rings when its stream is back", async () => {
    const b = callBackend();
    const [ann, ben] = [await b.join("1001"), await b.join("1002")];
    await b.cut(ben);
    b.start(ann, "1002");
    expect([b.stateOf(ann), b.controls(ann)]).toEqual([CALLING, []]);
    await b.connect(ben);
    expect([b.stateOf(ann), b.controls(ann)]).toEqual([RINGING_REMOTE, [12]]);
    expect(b.heard(ben)).toEqual(["callReceived"]);
  });

  test("a device that logs in after the call is over hears nothing", async () => {
    const b = callBackend();
    const ann = await b.join("1001");
    b.hangUp(ann, b.start(ann, "1002"));
    const ben = await b.join("1002");
    expect(b.heard(ben)).toEqual([]);
  });

  test(row("B.13", "a callee in another call sends control 9; the caller goes on until he hangs up"), async () => {
    const b = callBackend();
    const { ben } = await talking(b);
    const cleo = await b.join("1003");
    const second = b.start(cleo, "1002");
    expect(b.values(cleo, "callControl")).toEqual([{ callId: second, userId: "1002", control: CallControlType.BUSY }]);
    expect([b.stateOf(cleo), b.stateOf(ben)]).toEqual([CALLING, TALKING]);
    expect(b.values(ben, "callReceived")).toHaveLength(1);
    expect(codeOf(() => b.respond(ben, second, true))).toBe(ErrorCode.FORBIDDEN);
    b.hangUp(cleo, second);
    expect(b.endings()).toEqual(["cancel"]);
  });

  test("a busy device says so once, also after it was away; another device of the callee rings", async () => {
    const b = callBackend();
    const { ben } = await talking(b);
    const cleo = await b.join("1003");
    await b.cut(ben);
    b.start(cleo, "1002");
    expect(b.controls(cleo)).toEqual([]);
    await b.connect(ben);
    await b.cut(ben);
    await b.connect(ben);
    expect(b.controls(cleo)).toEqual([9]);
    await b.join("1002", "web", "web");
    expect(b.controls(cleo)).toEqual([9, 12]);
  });

  test("the policy busyEndsCall hangs up for the caller, unless another device rings", async () => {
    const b = callBackend({ policy: { busyEndsCall: true } });
    await talking(b);
    const cleo = await b.join("1003");
    const callId = b.start(cleo, "1002");
    expect(b.heard(cleo)).toEqual(["callControl", "callHangup"]);
    expect(b.stateOf(cleo)).toBe(IDLE);
    expect(codeOf(() => b.hangUp(cleo, callId))).toBe(9102);
    await b.join("1002", "web", "web");
    b.start(cleo, "1002");
    expect(b.stateOf(cleo)).toBe(RINGING_REMOTE);
  });

  test(row("B.7", "a blacklisted caller gets through by default, and not under the console's switch"), async () => {
    const b = callBackend();
    const [ann, ben] = [await b.join("1001"), await b.join("1002")];
    b.execute("user.addToBlackList", { userId: "1001" }, ben);
    b.hangUp(ann, b.start(ann, "1002"));
    expect(b.values(ben, "callReceived")).toHaveLength(1);
    b.control.setPolicy({ blacklistBlocksCalls: true });
    b.start(ann, "1002");
    await b.join("1002", "web", "web");
    expect(b.values(ben, "callReceived")).toHaveLength(1);
    expect(b.stateOf(ann)).toBe(CALLING);
  });
});

describe("B.13 response", () => {
  test(row("B.13", "accept: the caller gets onCallResponse, other own devices onCallResponsedByOther"), async () => {
    const b = callBackend();
    const { ann, ben, callId } = await ringing(b, { ben: "android" });
    const web = await b.join("1002", "web", "web");
    b.respond(ben, callId, true);
    expect(b.values(ann, "callResponse")).toEqual([{ callee: "1002", callId, accepted: true }]);
    expect(b.values(web, "callRespondedElsewhere")).toEqual([{ callId, accepted: true, clientType: 1 }]);
    expect(b.values(ben, "callRespondedElsewhere")).toEqual([]);
    expect([ann, ben, web].map(b.stateOf)).toEqual([TALKING, TALKING, IDLE]);
  });

  test(row("B.13", "reject: the call is over, nobody hangs up"), async () => {
    const b = callBackend();
    const { ann, ben, callId } = await ringing(b);
    const web = await b.join("1002", "web", "web");
    b.respond(web, callId, false);
    expect(b.values(ann, "callResponse")).toEqual([{ callee: "1002", callId, accepted: false }]);
    expect(b.values(ben, "callRespondedElsewhere")).toEqual([{ callId, accepted: false, clientType: 16 }]);
    expect([ann, ben, web].map(b.stateOf)).toEqual([IDLE, IDLE, IDLE]);
    expect(codeOf(() => b.hangUp(ann, callId))).toBe(9102);
    expect(b.endings()).toEqual(["reject"]);
  });

  test.each([
    ["ios", ErrorCode.CALL_HANDLED_ELSEWHERE],
    ["android", ErrorCode.CALL_ANSWERED_ELSEWHERE],
    ["web", ErrorCode.CALL_ANSWERED_ELSEWHERE],
  ] as const)(
    row("B.13", "a later response on %s gives %i, while they talk and afterwards"),
    async (platform, code) => {
      const b = callBackend({ policy: { kickStrategy: "all" } });
      const { ann, ben, callId } = await ringing(b);
      const late = await b.join("1002", "late", platform);
      b.respond(ben, callId, true);
      for (const accepts of [true, false]) expect(codeOf(() => b.respond(late, callId, accepts))).toBe(code);
      b.hangUp(ann, callId);
      expect(codeOf(() => b.respond(late, callId, true))).toBe(code);
    },
  );

  test("the device that answered may not answer again, and after the end it hears 9102", async () => {
    const b = callBackend();
    const { ann, ben, callId } = await talking(b);
    expect(codeOf(() => b.respond(ben, callId, true))).toBe(10013);
    b.hangUp(ann, callId);
    expect(codeOf(() => b.respond(ben, callId, true))).toBe(9102);
  });

  test("after a cancel the answer gives 9102; an unknown call 404; somebody else's 403", async () => {
    const b = callBackend();
    const { ann, ben, callId } = await ringing(b);
    const cleo = await b.join("1003");
    expect(codeOf(() => b.respond(cleo, callId, true))).toBe(403);
    expect(codeOf(() => b.respond(ann, callId, true))).toBe(403);
    expect(codeOf(() => b.respond(ben, "1", true))).toBe(404);
    b.hangUp(ann, callId);
    expect(codeOf(() => b.respond(ben, callId, true))).toBe(9102);
    expect(codeOf(() => b.respond(cleo, callId, true))).toBe(403);
  });

  test(row("B.13", "video needs views first to accept, not to reject"), async () => {
    const b = callBackend();
    const [ann, ben] = [await b.join("1001"), await b.join("1002")];
    b.prepare(ann);
    const callId = b.start(ann, "1002", { type: VIDEO });
    expect(codeOf(() => b.respond(ben, callId, true, VIDEO))).toBe(-1);
    expect(codeOf(() => b.respond(ben, callId, false, VIDEO))).toBeUndefined();
  });
});

describe("B.13 established", () => {
  test(row("B.13", "both sides at once, and the network quality of both"), async () => {
    const b = callBackend({ policy: { callNetQuality: [["1002", CallNetQuality.WEAK]] } });
    const { ann, ben, callId } = await talking(b);
    expect(b.heard(ann)).toEqual(["callControl", "callResponse", "callEstablished", "callNetStatus", "callNetStatus"]);
    expect(b.values(ann, "callEstablished")).toEqual([{ callId, userId: "1002" }]);
    expect(b.values(ben, "callEstablished")).toEqual([{ callId, userId: "1001" }]);
    expect(b.values(ben, "callNetStatus")).toEqual([
      { status: 2, userId: "1002" },
      { status: 0, userId: "1001" },
    ]);
  });

  test(row("B.13", "after media is up: a policy's delay on the clock"), async () => {
    const b = callBackend({ policy: { callConnectMs: 800 } });
    const { ann, ben } = await talking(b);
    expect([b.stateOf(ann), b.stateOf(ben)]).toEqual([CONNECTING, CONNECTING]);
    b.control.clock.advance(799);
    expect(b.values(ann, "callEstablished")).toEqual([]);
    b.control.clock.advance(1);
    expect([b.stateOf(ann), b.stateOf(ben)]).toEqual([TALKING, TALKING]);
  });

  test("a hangup while it connects ends it, and nothing is established later", async () => {
    const b = callBackend({ policy: { callConnectMs: 800 } });
    const { ann, ben, callId } = await talking(b);
    b.hangUp(ben, callId);
    b.control.clock.advance(1000);
    expect(b.heard(ann)).toEqual(["callControl", "callResponse", "callHangup"]);
  });

  test("a caller without network: established when his stream is back, or never", async () => {
    for (const back of [NET_LOSS - 1, NET_LOSS]) {
      const b = callBackend();
      const { ann, ben, callId } = await ringing(b);
      await b.cut(ann);
      b.control.clock.advance(40_000);
      b.respond(ben, callId, true);
      expect(b.stateOf(ben)).toBe(CONNECTING);
      b.control.clock.advance(back);
      await b.connect(ann);
      expect(b.values(ben, "callEstablished")).toHaveLength(back < NET_LOSS ? 1 : 0);
      expect(b.stateOf(ben)).toBe(back < NET_LOSS ? TALKING : IDLE);
    }
  });

  test(
    row("B.13", "network quality changes are told to calls that go on, about the account that changed"),
    async () => {
      const b = callBackend();
      const { ann, ben } = await talking(b);
      b.control.setPolicy({ callNetQuality: [["1001", CallNetQuality.VERY_BAD]] });
      for (const device of [ann, ben]) {
        expect(b.values(device, "callNetStatus").slice(2)).toEqual([{ status: 4, userId: "1001" }]);
      }
      b.control.setPolicy({ callRingMs: RING });
      b.control.setPolicy({ callNetQuality: [] });
      expect(b.values(ann, "callNetStatus").slice(3)).toEqual([{ status: 0, userId: "1001" }]);
    },
  );
});

describe("B.13 control", () => {
  test.each([1, 2, 3, 4, 5, 8, 10, 11, 13, 14] as const)(
    row("B.13", "control %i goes to the peer alone"),
    async (type) => {
      const b = callBackend();
      const { ann, ben, callId } = await talking(b);
      b.signal(ann, callId, type);
      expect(b.values(ben, "callControl")).toEqual([{ callId, userId: "1001", control: type }]);
      expect(b.controls(ann)).toEqual([12]);
      b.signal(ben, callId, type);
      expect(b.controls(ann)).toEqual([12, type]);
      expect([b.stateOf(ann), b.stateOf(ben)]).toEqual([TALKING, TALKING]);
    },
  );

  test.each([10, 11] as const)(row("D.1", "control %i is valid on iOS, not on Android"), async (type) => {
    const b = callBackend();
    const { ann, ben, callId } = await talking(b, { ben: "android" });
    expect(codeOf(() => b.signal(ben, callId, type))).toBe(414);
    expect(codeOf(() => b.signal(ann, callId, type))).toBeUndefined();
  });

  test(row("B.13", "5 asks, 6 agrees: the call has pictures, and settings are lost"), async () => {
    const b = callBackend();
    const { ann, ben, callId } = await talking(b);
    b.execute("callMedia.setCallMute", { mute: true }, ann);
    expect(codeOf(() => b.signal(ben, callId, CallControlType.VIDEO_ACCEPT))).toBe(403);
    b.signal(ann, callId, CallControlType.VIDEO_REQUEST);
    expect(codeOf(() => b.signal(ann, callId, CallControlType.VIDEO_ACCEPT))).toBe(403);
    expect(codeOf(() => b.execute("callMedia.switchCallCamera", {}, ann))).toBe(20002);
    b.signal(ben, callId, CallControlType.VIDEO_ACCEPT);
    expect(codeOf(() => b.execute("callMedia.switchCallCamera", {}, ann))).toBeUndefined();
    expect(settingsOf(b, "1001 ann")).toEqual({ mute: false, speaker: false, camera: "back", flash: false });
  });

  test(row("B.13", "7 refuses: the voice call goes on, and a second answer has no request"), async () => {
    const b = callBackend();
    const { ann, ben, callId } = await talking(b);
    b.signal(ann, callId, CallControlType.VIDEO_REQUEST);
    b.signal(ben, callId, CallControlType.VIDEO_REJECT);
    expect(codeOf(() => b.signal(ben, callId, CallControlType.VIDEO_ACCEPT))).toBe(403);
    expect(codeOf(() => b.execute("callMedia.switchCallCamera", {}, ann))).toBe(20002);
  });

  test(row("B.13", "8 is granted automatically: the call is voice only, and settings are lost"), async () => {
    const b = callBackend();
    const { ann, ben, callId } = await videoCall(b);
    b.execute("callMedia.setCallSpeaker", { useSpeaker: true }, ben);
    b.execute("callMedia.switchCallCameraFlash", {}, ben);
    b.signal(ann, callId, CallControlType.SWITCH_TO_AUDIO);
    expect(b.controls(ben)).toEqual([8]);
    expect(settingsOf(b, "1002 ben")).toEqual({ mute: false, speaker: false, camera: "front", flash: false });
    expect(codeOf(() => b.execute("callMedia.switchCallCamera", {}, ben))).toBe(20002);
  });

  test("before the answer a control goes to all that ring, and from each to the caller", async () => {
    const b = callBackend();
    const { ann, ben, callId } = await ringing(b);
    const web = await b.join("1002", "web", "web");
    b.signal(ann, callId, CallControlType.AUDIO_OFF);
    expect([b.controls(ben), b.controls(web)]).toEqual([[2], [2]]);
    b.signal(web, callId, CallControlType.VIDEO_OFF);
    b.signal(ben, callId, CallControlType.RECEIVED);
    b.signal(ben, callId, CallControlType.BUSY);
    expect(b.controls(ann)).toEqual([12, 12, 4, 9]);
    expect([ann, ben, web].map(b.stateOf)).toEqual([RINGING_REMOTE, RINGING, RINGING]);
  });

  test("under busyEndsCall a device that says busy itself ends the call, if no other rings", async () => {
    const b = callBackend({ policy: { busyEndsCall: true } });
    const { ann, ben, callId } = await ringing(b);
    b.signal(ben, callId, CallControlType.BUSY);
    expect([ann, ben].map(b.stateOf)).toEqual([IDLE, IDLE]);
    expect(b.heard(ben)).toEqual(["callReceived", "callHangup"]);
  });

  test("404 for no call, 403 for no party, 9102 for one that is over", async () => {
    const b = callBackend();
    const { ann, ben, callId } = await talking(b);
    const [cleo, web] = [await b.join("1003"), await b.join("1002", "web", "web")];
    for (const run of [
      (actor: typeof ann, id: string) => b.signal(actor, id, 1),
      (actor: typeof ann, id: string) => b.hangUp(actor, id),
    ]) {
      expect(codeOf(() => run(ann, "12"))).toBe(404);
      expect(codeOf(() => run(cleo, callId))).toBe(403);
      expect(codeOf(() => run(web, callId))).toBe(403);
    }
    b.hangUp(ben, callId);
    for (const device of [ann, ben, web]) {
      expect(codeOf(() => b.signal(device, callId, 1))).toBe(9102);
      expect(codeOf(() => b.hangUp(device, callId))).toBe(9102);
    }
    expect(codeOf(() => b.hangUp(cleo, callId))).toBe(403);
  });
});

function settingsOf(b: CallBackend, device: string): unknown {
  return replay(b.journal).calls.devices.get(device)?.settings;
}

describe("B.13 hangup", () => {
  test(row("B.13", "before the answer by the caller: all that ring stop"), async () => {
    const b = callBackend();
    const { ann, ben, callId } = await ringing(b);
    const web = await b.join("1002", "web", "web");
    b.hangUp(ann, callId);
    for (const device of [ben, web]) expect(b.values(device, "callHangup")).toEqual([{ callId, userId: "1001" }]);
    expect([ann, ben, web].map(b.stateOf)).toEqual([IDLE, IDLE, IDLE]);
    expect(b.endings()).toEqual(["cancel"]);
  });

  test(row("B.13", "a callee must not hang up before it responds"), async () => {
    const b = callBackend();
    const { ben, callId } = await ringing(b);
    expect(codeOf(() => b.hangUp(ben, callId))).toBe(403);
    expect(codeOf(() => b.hangUp(ben, "0"))).toBe(403);
    expect(b.stateOf(ben)).toBe(RINGING);
  });

  test.each(["ann", "ben"] as const)(row("B.13", "%s hangs up: the peer gets onCallHangup"), async (who) => {
    const b = callBackend();
    const { callId, ...devices } = await talking(b);
    const peer = who === "ann" ? "ben" : "ann";
    b.hangUp(devices[who], "0");
    expect(b.values(devices[peer], "callHangup")).toEqual([{ callId, userId: devices[who].account }]);
    expect(b.values(devices[who], "callHangup")).toEqual([]);
    expect(b.execute("call.currentCallId", {}, devices[peer])).toEqual({ state: IDLE });
    expect(b.endings()).toEqual(["hangup"]);
  });

  test(row("B.13", "id 0 without a call gives 404"), async () => {
    const b = callBackend();
    const ann = await b.join("1001");
    expect(codeOf(() => b.hangUp(ann, "0"))).toBe(404);
  });

  test("the current call is that of the device", async () => {
    const b = callBackend();
    const { ann, callId } = await talking(b);
    const web = await b.join("1001", "web", "web");
    expect(b.execute("call.currentCallId", {}, ann)).toEqual({ callId, state: TALKING });
    expect(b.execute("call.currentCallId", {}, web)).toEqual({ state: IDLE });
  });
});

describe("B.13 timeout and disconnected", () => {
  test(row("B.13", "45 s unanswered in both directions: automatic hangup"), async () => {
    const b = callBackend();
    const { ann, ben, callId } = await ringing(b);
    b.control.clock.advance(RING - 1);
    expect([b.stateOf(ann), b.stateOf(ben)]).toEqual([RINGING_REMOTE, RINGING]);
    b.control.clock.advance(1);
    expect([b.stateOf(ann), b.stateOf(ben)]).toEqual([IDLE, IDLE]);
    expect(b.values(ann, "callHangup")).toEqual([{ callId, userId: "1002" }]);
    expect(b.values(ben, "callHangup")).toEqual([{ callId, userId: "1001" }]);
    expect(b.endings()).toEqual(["timeout"]);
  });

  test("an answered call does not time out", async () => {
    const b = callBackend();
    const { ann } = await talking(b);
    b.control.clock.advance(RING * 10);
    expect(b.stateOf(ann)).toBe(TALKING);
  });

  test.each([
    ["ios", 20409, 20410],
    ["android", 11001, 20410],
  ] as const)(
    row("B.13", "30 s network loss during a call, %s: %i for who lost it, %i for the peer"),
    async (platform, own, peer) => {
      const b = callBackend();
      const { ann, ben, callId } = await talking(b, { ann: platform, ben: platform });
      await b.cut(ben);
      b.control.clock.advance(NET_LOSS - 1);
      expect(b.stateOf(ann)).toBe(TALKING);
      b.control.clock.advance(1);
      expect(b.values(ann, "callDisconnected")).toEqual([{ callId, userId: "1002", errorCode: peer }]);
      expect(b.values(ben, "callDisconnected")).toEqual([{ callId, userId: "1001", errorCode: own }]);
      expect(b.values(ann, "callHangup")).toEqual([]);
      expect(b.endings()).toEqual(["networkLoss"]);
    },
  );

  test(row("B.13", "a network that is back in time keeps the call; the next loss has its own 30 s"), async () => {
    const b = callBackend();
    const { ann, ben } = await talking(b);
    for (let round = 0; round < 3; round++) {
      await b.cut(ben);
      b.control.clock.advance(NET_LOSS - 1);
      await b.connect(ben);
    }
    b.control.clock.advance(NET_LOSS);
    expect([b.stateOf(ann), b.stateOf(ben)]).toEqual([TALKING, TALKING]);
  });

  test("both without network: each lost the server", async () => {
    const b = callBackend();
    const { ann, ben } = await talking(b);
    await b.cut(ben);
    b.control.clock.advance(10_000);
    await b.cut(ann);
    b.control.clock.advance(20_000);
    for (const device of [ann, ben]) {
      expect(b.values(device, "callDisconnected").map((value) => value.errorCode)).toEqual([20409]);
    }
  });

  test("a caller without network while it rings: the ring time decides", async () => {
    const b = callBackend();
    const { ann, ben } = await ringing(b);
    await b.cut(ann);
    b.control.clock.advance(RING - 1);
    expect(b.stateOf(ben)).toBe(RINGING);
    b.control.clock.advance(1);
    expect(b.endings()).toEqual(["timeout"]);
  });

  test.each([
    ["ios", 20412, 20413],
    ["android", 11005, 11004],
  ] as const)(
    row("A.4", "kicked during a call, %s: %i for the kicked, %i for the peer"),
    async (platform, own, peer) => {
      const b = callBackend();
      const { ann, ben } = await talking(b, { ann: platform, ben: platform });
      b.control.kick("1002");
      expect(b.values(ben, "callDisconnected").map((value) => value.errorCode)).toEqual([own]);
      expect(b.values(ann, "callDisconnected").map((value) => value.errorCode)).toEqual([peer]);
      expect(b.endings()).toEqual(["kick"]);
    },
  );

  test(row("B.1", "a second phone kicks the one that is talking; the new one is in no call"), async () => {
    const b = callBackend();
    const { ann } = await talking(b);
    const second = await b.join("1002", "second");
    expect([b.stateOf(ann), b.stateOf(second)]).toEqual([IDLE, IDLE]);
    expect(b.endings()).toEqual(["kick"]);
  });

  test("a token that runs out during a call: 20409 and 20413", async () => {
    const b = callBackend({ policy: { tokenLifetimeMs: 1000 } });
    const { ann, ben } = await talking(b);
    b.control.clock.advance(1000);
    const codes = [ann, ben].map((device) => b.values(device, "callDisconnected").map((value) => value.errorCode));
    expect(codes).toEqual([[20409], [20413]]);
    expect(b.endings()).toEqual(["tokenExpiry"]);
  });

  test(row("B.13", "logout during a call: in good order, no code"), async () => {
    const b = callBackend();
    const { ann, ben, callId } = await talking(b);
    b.execute("auth.logout", {}, ben);
    expect(b.values(ann, "callDisconnected")).toEqual([{ callId, userId: "1002" }]);
    expect(b.heard(ben)).not.toContain("callDisconnected");
    expect(b.endings()).toEqual(["logout"]);
  });

  test("a caller that logs out before the answer cancels", async () => {
    const b = callBackend();
    const { ann, ben } = await ringing(b);
    b.execute("auth.logout", {}, ann);
    expect(b.heard(ben)).toEqual(["callReceived", "callHangup"]);
    expect(b.endings()).toEqual(["logout"]);
  });

  test("a device of the callee that logs out only stops ringing itself", async () => {
    const b = callBackend();
    const { ann, ben, callId } = await ringing(b);
    b.execute("auth.logout", {}, ben);
    expect(b.stateOf(ann)).toBe(RINGING_REMOTE);
    const again = await b.join("1002", "web", "web");
    b.respond(again, callId, true);
    expect(b.stateOf(ann)).toBe(TALKING);
  });

  test("the same device rings again after its next login, whether it rang or was busy", async () => {
    const b = callBackend({ policy: { kickStrategy: "all" } });
    const { ann, ben, callId } = await ringing(b);
    b.execute("auth.logout", {}, ben);
    const again = await b.join("1002", ben.deviceId);
    expect(b.values(again, "callReceived")).toHaveLength(2);
    expect(b.controls(ann)).toEqual([12, 12]);
    b.respond(again, callId, true);
    const cleo = await b.join("1003");
    b.start(cleo, "1002");
    b.execute("auth.logout", {}, again);
    await b.join("1002", ben.deviceId);
    expect(b.controls(cleo)).toEqual([9, 12]);
  });

  test("a device whose token runs out while it rings hears the end where it reads on", async () => {
    const b = callBackend({ policy: { tokenLifetimeMs: 20_000 } });
    const ben = await b.join("1002", "ben");
    b.control.clock.advance(5000);
    const ann = await b.join("1001", "ann");
    b.start(ann, "1002");
    b.control.clock.advance(15_000);
    expect(b.heard(ben)).toEqual(["callReceived", "callHangup"]);
    expect(b.stateOf(ann)).toBe(RINGING_REMOTE);
    await b.join("1002", "ben");
    expect(b.heard(ben)).toEqual(["callReceived", "callHangup", "callReceived"]);
    b.control.clock.advance(5000);
    expect(b.heard(ann)).toEqual(["callControl", "callControl", "callHangup"]);
    expect(b.heard(ben).at(-1)).toBe("callHangup");
    expect(b.endings()).toEqual(["tokenExpiry"]);
  });

  test("after a restore nobody is connected: who does not come back in time is out", async () => {
    const b = callBackend();
    const { ann, ben } = await talking(b);
    b.control.restore(b.control.snapshot());
    await b.connect(ben);
    b.control.clock.advance(NET_LOSS);
    expect(b.values(ann, "callDisconnected").map((value) => value.errorCode)).toEqual([20409]);
    expect(b.values(ben, "callDisconnected").map((value) => value.errorCode)).toEqual([20410]);
  });
});

describe("B.13 record state", () => {
  const endings: readonly [string, number, number, (b: CallBackend) => Promise<unknown>][] = [
    [
      "success",
      0,
      102,
      async (b) => talking(b).then(({ ann, callId }) => [b.control.clock.advance(5000), b.hangUp(ann, callId)]),
    ],
    ["missed", 1, 101, async (b) => ringing(b).then(() => b.control.clock.advance(RING))],
    ["rejected", 2, -1, async (b) => ringing(b).then(({ ben, callId }) => b.respond(ben, callId, false))],
    ["cancelled", 3, -2, async (b) => ringing(b).then(({ ann, callId }) => b.hangUp(ann, callId))],
  ];

  test.each(endings)(
    row("B.13", "%s is %i, event %i of A.4, in the conversation of both"),
    async (name, state, eventType, run) => {
      const b = callBackend({ policy: { callRecordMessage: true } });
      await run(b);
      const duration = name === "success" ? 5000 : 0;
      const attachment = { callType: AUDIO, state, eventType, duration };
      for (const [account, deviceId, peer] of [
        ["1001", "ann", "1002"],
        ["1002", "ben", "1001"],
      ] as const) {
        const actor = { account, deviceId, platform: "ios" as const };
        expect(b.values(actor, "message").flatMap((value) => value.messages)).toMatchObject([
          { messageType: 5, from: "1001", sessionId: peer, attachment },
        ]);
      }
    },
  );

  test("by default a call leaves no message", async () => {
    const b = callBackend();
    const { ann, ben, callId } = await talking(b);
    b.hangUp(ann, callId);
    for (const device of [ann, ben]) expect(b.values(device, "message")).toEqual([]);
  });
});

test("folding the journal of calls gives the same world as deciding did", async () => {
  const b = callBackend({ policy: { callConnectMs: 10, callRecordMessage: true, busyEndsCall: true } });
  const { ann, ben, callId } = await videoCall(b);
  const cleo = await b.join("1003");
  b.start(cleo, "1002");
  b.control.clock.advance(10);
  b.signal(ann, callId, CallControlType.SWITCH_TO_AUDIO);
  b.execute("callMedia.setCallMute", { mute: true }, ben);
  await b.cut(ben);
  b.control.clock.advance(5);
  await b.connect(ben);
  await b.cut(ann);
  expect(replay(b.journal, b.control.digest())).toBeDefined();
  b.control.clock.advance(NET_LOSS);
  replay(b.journal, b.control.digest());
  b.start(ben, "1001");
  replay(b.journal, b.control.digest());
});

test("ended calls are forgotten when there are too many", async () => {
  const b = callBackend();
  const ann = await b.join("1001");
  const [first = "", ...rest] = Array.from({ length: 1001 }, () => {
    const callId = b.start(ann, "1002");
    b.hangUp(ann, callId);
    return callId;
  });
  expect(codeOf(() => b.hangUp(ann, first))).toBe(404);
  expect(codeOf(() => b.hangUp(ann, rest[0] ?? ""))).toBe(9102);
});
