import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CallState, ErrorCode } from "@nimkit/sdk/protocol/enums";
import { describe, expect, test } from "vitest";
import { renderCallStates } from "../../../../scripts/call-states-page.ts";
import {
  type CallTrigger,
  callRefusals,
  callTransitions,
  nextState,
  stateRefusal,
} from "../../src/engine/call/states.ts";
import { row } from "./kit.ts";

const { IDLE, CALLING, RINGING_REMOTE, RINGING, CONNECTING, TALKING } = CallState;

/** The state table of behaviour.md B.13, row by row. */
const documented: readonly (readonly [string, readonly CallState[], readonly CallTrigger[], CallState])[] = [
  ["idle, startCall: calling", [IDLE], ["startCall"], CALLING],
  ["idle, onCallReceive: ringing", [IDLE], ["received"], RINGING],
  ["calling, control 12: ringing-remote", [CALLING], ["calleeReceived"], RINGING_REMOTE],
  ["calling / ringing-remote, accepted: connecting", [CALLING, RINGING_REMOTE], ["peerAccepted"], CONNECTING],
  [
    "calling / ringing-remote, not accepted, hangup, 45 s: idle",
    [CALLING, RINGING_REMOTE],
    ["peerRejected", "hangUp", "rangOut"],
    IDLE,
  ],
  ["ringing, responseCall(true): connecting", [RINGING], ["accept"], CONNECTING],
  [
    "ringing, responseCall(false), onCallHangup, by other, 45 s: idle",
    [RINGING],
    ["reject", "peerHungUp", "answeredElsewhere", "rangOut"],
    IDLE,
  ],
  ["connecting, onCallCallEstablished: talking", [CONNECTING], ["mediaUp"], TALKING],
  [
    "connecting / talking, callHangup, onCallHangup, onCallCallDisconnected: idle",
    [CONNECTING, TALKING],
    ["hangUp", "peerHungUp", "disconnected"],
    IDLE,
  ],
  ["talking, control: talking", [TALKING], ["control"], TALKING],
];

describe("the table of states", () => {
  test.each(documented)(row("B.13", "%s"), (_, states, triggers, to) => {
    for (const from of states)
      for (const on of triggers) expect([from, on, nextState(from, on)]).toEqual([from, on, to]);
  });

  test("adds only what a login's end, a repeated signal and the media switches do", () => {
    const known = new Set(
      documented.flatMap(([, from, on]) => from.flatMap((state) => on.map((name) => `${state} ${name}`))),
    );
    const added = callTransitions.filter(({ from, on }) => !known.has(`${from} ${on}`));
    expect(added.filter(({ from, to }) => from !== to).map(({ on }) => on)).toEqual(Array(5).fill("sessionEnded"));
    expect(new Set(added.filter(({ from, to }) => from === to).map(({ on }) => on))).toEqual(
      new Set(["calleeReceived", "calleeBusy", "control", "setMedia"]),
    );
  });

  test("says one thing about a state and a trigger", () => {
    const cells = [...callTransitions, ...callRefusals].map(({ from, on }) => `${from} ${on}`);
    expect(new Set(cells).size).toBe(cells.length);
  });

  test.each([
    ["ios", ErrorCode.CALL_HANDLED_ELSEWHERE],
    ["android", ErrorCode.CALL_ANSWERED_ELSEWHERE],
    ["web", ErrorCode.CALL_ANSWERED_ELSEWHERE],
  ] as const)(row("A.4", "a second answer on %s gives %i"), (platform, code) => {
    for (const state of [CONNECTING, TALKING]) expect(stateRefusal(state, "accept", platform)).toBe(code);
    expect(stateRefusal(RINGING, "accept", platform)).toBeUndefined();
  });
});

test("the page of the docs is up to date; if not, run: npm run call-states", () => {
  const page = join(import.meta.dirname, "../../../../apps/docs/reference/call-states.md");
  expect(readFileSync(page, "utf8")).toBe(renderCallStates());
});
