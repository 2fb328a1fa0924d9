import { AudioOutputDevice, AudioPlayEvent, AudioRecordEvent, CallType } from "@nimkit/sdk/protocol/enums";
import { describe, expect, test } from "vitest";
import type { BackendOptions } from "../../src/backend/index.ts";
import type { Actor } from "../../src/engine/entry.ts";
import type { JournalEventOf, ProgressRpc } from "../../src/engine/journal.ts";
import type { CommandOf, ReplyOf } from "../../src/gen/commands.ts";
import { defaultSeed } from "../../src/seed/default-seed.ts";
import { mergeSeeds } from "../../src/seed/merge-seeds.ts";
import { replay } from "./fold-journal.ts";
import { codeOf, row, testBackend } from "./kit.ts";

const { START, SUCCESS, CANCEL } = AudioRecordEvent;

/** A backend whose steps are read from the journal, by the order in which the rpcs began. */
function studio(options: BackendOptions = {}) {
  const b = testBackend(options);
  /** Begins an rpc that answers in steps, and gives what it answers later. */
  const begin = <K extends ProgressRpc>(rpc: K, command: CommandOf<K>, actor: Actor) => {
    b.execute(rpc, command, actor);
    const call = b.entries.at(-1)?.index;
    const of = <T extends "progressed" | "progressEnded">(type: T) =>
      b.journal.filter((event): event is JournalEventOf<T> => event.type === type && event.call === call);
    return {
      call,
      steps: () => of("progressed").map(({ reply }) => reply as ReplyOf<K>),
      types: () => of("progressed").map(({ reply }) => reply.eventType),
      ends: () => of("progressEnded").map(({ error }) => error),
    };
  };
  return {
    ...b,
    record: (actor: Actor, duration = 30) => begin("audio.recordAudioForDuration", { duration }, actor),
    play: (actor: Actor, filePath = "fs://song.mp3") => begin("audio.playAudio", { filePath }, actor),
    isRecording: (actor: Actor) => b.execute("audio.isRecording", {}, actor).recording,
    isPlaying: (actor: Actor) => b.execute("audio.isPlaying", {}, actor).playing,
  };
}

/** The path of a recording of some length. */
function recorded(b: ReturnType<typeof studio>, actor: Actor, ms: number): string {
  const recording = b.record(actor);
  b.control.clock.advance(ms);
  b.execute("audio.stopRecord", {}, actor);
  return recording.steps().at(-1)?.filePath ?? "";
}

describe("B.14 recording", () => {
  test(row("B.14", "start, then success with a path when it is stopped"), () => {
    const b = studio();
    const ann = b.login("1001");
    const recording = b.record(ann);
    expect([recording.types(), b.isRecording(ann)]).toEqual([[START], true]);
    b.control.clock.advance(1500);
    expect(b.execute("audio.stopRecord", {}, ann)).toEqual({});
    expect(recording.types()).toEqual([START, SUCCESS]);
    expect(recording.steps().at(-1)?.filePath).toMatch(/recording\.wav$/);
    expect([recording.ends(), b.isRecording(ann)]).toEqual([[undefined], false]);
    replay(b.journal, b.control.digest());
  });

  test(row("B.14", "it ends by itself at its longest"), () => {
    const b = studio();
    const ann = b.login("1001");
    const recording = b.record(ann, 2);
    b.control.clock.advance(1999);
    expect(recording.types()).toEqual([START]);
    b.control.clock.advance(1);
    expect([recording.types(), b.isRecording(ann)]).toEqual([[START, SUCCESS], false]);
    b.control.clock.advance(60_000);
    expect(recording.ends()).toEqual([undefined]);
    replay(b.journal, b.control.digest());
  });

  test(row("B.14", "a cancelled one leaves no file"), () => {
    const b = studio();
    const ann = b.login("1001");
    const recording = b.record(ann);
    b.execute("audio.cancelRecord", {}, ann);
    expect(recording.steps()).toEqual([{ eventType: START }, { eventType: CANCEL }]);
    expect(b.journal.some(({ type }) => type === "recordingStored")).toBe(false);
  });

  test(row("B.14", "only one at a time on a device"), () => {
    const b = studio({ policy: { kickStrategy: "all" } });
    const [phone, tablet] = [b.login("1001", "phone"), b.login("1001", "tablet")];
    b.record(phone);
    expect(codeOf(() => b.record(phone))).toBe(9);
    expect(codeOf(() => b.record(tablet))).toBeUndefined();
    b.execute("audio.stopRecord", {}, phone);
    expect(codeOf(() => b.record(phone))).toBeUndefined();
  });

  test(row("C", "recording at most 120 s"), () => {
    const b = studio();
    const ann = b.login("1001");
    expect([0, 121, Number.NaN].map((duration) => codeOf(() => b.record(ann, duration)))).toEqual([414, 414, 414]);
    expect(codeOf(() => b.record(ann, 120))).toBeUndefined();
  });

  test("policy microphone: without the right 8, and a failing one breaks off with 10", () => {
    const b = studio({ policy: { microphone: "denied" } });
    const ann = b.login("1001");
    expect([codeOf(() => b.record(ann)), b.isRecording(ann)]).toEqual([8, false]);
    b.control.setPolicy({ microphone: "failing" });
    const recording = b.record(ann);
    expect(b.execute("audio.stopRecord", {}, ann)).toEqual({});
    expect([recording.types(), recording.ends()]).toEqual([[START], [10]]);
    const cancelled = b.record(ann);
    b.execute("audio.cancelRecord", {}, ann);
    expect([cancelled.types(), cancelled.ends()]).toEqual([[START, CANCEL], [undefined]]);
  });

  test("stopping and cancelling succeed with nothing", () => {
    const b = studio();
    const ann = b.login("1001");
    const nothing = ["audio.stopRecord", "audio.cancelRecord", "audio.stopPlay"] as const;
    for (const rpc of nothing) expect(b.execute(rpc, {}, ann)).toEqual({});
  });
});

describe("B.14 playing", () => {
  const sounds = [
    { path: "fs://short.mp3", durationMs: 700 },
    { path: "fs://silence.mp3", durationMs: 0 },
    { path: "fs://locked.mp3", unreadable: true },
    { path: "fs://strange.mp3" },
  ];

  test("start, then end when the file is over: by the seed, or by the policy", () => {
    const b = studio({ seed: mergeSeeds(defaultSeed, { sounds }), policy: { audioMs: 2000 } });
    const ann = b.login("1001");
    for (const [path, ms] of [
      ["fs://short.mp3", 700],
      ["fs://strange.mp3", 2000],
      ["fs://unknown.mp3", 2000],
    ] as const) {
      const playback = b.play(ann, path);
      b.control.clock.advance(ms - 1);
      expect([playback.types(), b.isPlaying(ann)]).toEqual([[AudioPlayEvent.START], true]);
      b.control.clock.advance(1);
      expect([playback.types(), b.isPlaying(ann)]).toEqual([[AudioPlayEvent.START, AudioPlayEvent.END], false]);
      expect(playback.ends()).toEqual([undefined]);
    }
    replay(b.journal, b.control.digest());
  });

  test.each([
    ["fs://locked.mp3", 5],
    ["fs://silence.mp3", 2],
    ["nimkit-mock:/attachments/00000000000000000000000000000000/none.wav", 5],
  ])("%s gives %i", (path, code) => {
    const b = studio({ seed: mergeSeeds(defaultSeed, { sounds }) });
    const ann = b.login("1001");
    expect([codeOf(() => b.play(ann, path)), b.isPlaying(ann)]).toEqual([code, false]);
  });

  test("policy player: it does not start, 11", () => {
    const b = studio({ policy: { player: "failing" } });
    const ann = b.login("1001");
    expect(codeOf(() => b.play(ann))).toBe(11);
  });

  test("a recording plays as long as it is, on the account's devices only; one of no length has no sound", () => {
    const b = studio();
    const [ann, ben] = [b.login("1001"), b.login("1002")];
    const path = recorded(b, ann, 1234);
    const playback = b.play(ann, path);
    b.control.clock.advance(1233);
    expect(b.isPlaying(ann)).toBe(true);
    b.control.clock.advance(1);
    expect(playback.types()).toEqual([AudioPlayEvent.START, AudioPlayEvent.END]);
    expect(codeOf(() => b.play(ben, path))).toBe(5);
    expect(codeOf(() => b.play(ann, recorded(b, ann, 0)))).toBe(2);
  });

  test("a second playback takes the place of the first, which ends", () => {
    const b = studio();
    const ann = b.login("1001");
    const first = b.play(ann);
    b.control.clock.advance(1000);
    const second = b.play(ann);
    expect([first.types(), second.types()]).toEqual([
      [AudioPlayEvent.START, AudioPlayEvent.END],
      [AudioPlayEvent.START],
    ]);
    b.control.clock.advance(2999);
    expect(b.isPlaying(ann)).toBe(true);
    b.execute("audio.stopPlay", {}, ann);
    expect([second.types().length, b.isPlaying(ann)]).toEqual([2, false]);
  });

  test("recording and playing do not disturb each other", () => {
    const b = studio();
    const ann = b.login("1001");
    const [recording, playback] = [b.record(ann), b.play(ann)];
    expect([b.isRecording(ann), b.isPlaying(ann)]).toEqual([true, true]);
    b.execute("audio.stopPlay", {}, ann);
    expect([recording.ends(), playback.ends()]).toEqual([[], [undefined]]);
  });

  test("the output device is the device's own; an unknown one gives 414", () => {
    const b = studio();
    const ann = b.login("1001");
    const output = (outputDevice: AudioOutputDevice) => () =>
      b.execute("audio.switchAudioOutputDevice", { outputDevice }, ann);
    const unknown = 7 as AudioOutputDevice;
    expect(
      [output(AudioOutputDevice.SPEAKER), output(unknown), output(AudioOutputDevice.EARPIECE)].map(codeOf),
    ).toEqual([undefined, 414, undefined]);
    const chosen = b.journal.flatMap((event) => (event.type === "audioOutputChosen" ? [event.output] : []));
    expect(chosen).toEqual([AudioOutputDevice.SPEAKER, AudioOutputDevice.EARPIECE]);
  });
});

describe("B.14 what ends both", () => {
  test(row("B.14", "a call stops both, for the caller and for who answers; during it neither starts"), () => {
    const b = studio();
    const [ann, ben] = [b.login("1001"), b.login("1002")];
    const media = { serverRecord: false, autoRotateRemoteVideo: false };
    const [spoken, heard] = [b.record(ann), b.play(ann)];
    b.control.clock.advance(500);
    const { callId } = b.execute("call.startCall", { callees: ["1002"], type: CallType.AUDIO, ...media }, ann);
    expect([spoken.types(), heard.types()]).toEqual([
      [START, SUCCESS],
      [AudioPlayEvent.START, AudioPlayEvent.END],
    ]);
    expect([codeOf(() => b.record(ann)), codeOf(() => b.play(ann))]).toEqual([9, 11]);
    // It only rings here.
    const song = b.play(ben);
    expect(song.types()).toEqual([AudioPlayEvent.START]);
    b.execute("call.responseCall", { callId, accept: true, type: CallType.AUDIO, ...media }, ben);
    expect(song.types()).toEqual([AudioPlayEvent.START, AudioPlayEvent.END]);
    b.execute("call.callHangup", { callId }, ann);
    expect([codeOf(() => b.record(ann)), codeOf(() => b.play(ann))]).toEqual([undefined, undefined]);
    replay(b.journal, b.control.digest());
  });

  test.each([
    ["logout", (b: ReturnType<typeof studio>, ann: Actor) => void b.execute("auth.logout", {}, ann)],
    ["kick", (b: ReturnType<typeof studio>) => b.control.kick("1001")],
    ["token's end", (b: ReturnType<typeof studio>) => b.control.clock.advance(1000)],
  ] as const)("the %s ends both, and the recording is thrown away", (_, end) => {
    const b = studio({ policy: { tokenLifetimeMs: 1000, audioMs: 60_000 } });
    const ann = b.login("1001");
    const [recording, playback] = [b.record(ann), b.play(ann)];
    end(b, ann);
    expect([recording.types(), playback.types()]).toEqual([
      [START, CANCEL],
      [AudioPlayEvent.START, AudioPlayEvent.END],
    ]);
    b.control.clock.advance(60_000);
    expect([recording.ends(), playback.ends()]).toEqual([[undefined], [undefined]]);
    replay(b.journal, b.control.digest());
  });

  test("whoever stops reading ends it, and so does a restore", async () => {
    const b = studio();
    const ann = b.login("1001");
    for await (const step of b.progress("audio.recordAudioForDuration", { duration: 30 }, ann)) {
      expect(step).toEqual({ eventType: START });
      break;
    }
    expect([b.entries.at(-1)?.command.kind, b.isRecording(ann)]).toEqual(["abandoned", false]);
    b.record(ann);
    b.control.restore(b.control.snapshot());
    expect(b.isRecording(ann)).toBe(false);
  });

  test("a failure after the start reaches the reader", async () => {
    const b = studio({ policy: { microphone: "failing" } });
    const ann = b.login("1001");
    const seen: number[] = [];
    const read = async () => {
      for await (const step of b.progress("audio.recordAudioForDuration", { duration: 30 }, ann)) {
        seen.push(step.eventType);
        b.execute("audio.stopRecord", {}, ann);
      }
    };
    await expect(read()).rejects.toMatchObject({ code: 10, rpc: "audio.recordAudioForDuration" });
    expect(seen).toEqual([START]);
  });
});
