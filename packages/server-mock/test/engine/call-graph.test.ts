// C1 of reliability.md: everything that calls can come to, by breadth-first search instead of sampling.
import { CallControlType, CallType } from "@nimkit/sdk/protocol/enums";
import { describe, expect, test } from "vitest";
import { callTransitions } from "../../src/engine/call/states.ts";
import { stepName, stuckCalls, unsafe, wrongsOf } from "./call-checks.ts";
import { edgesOf, firstNode, type Node, type Scope, stateName, TICK_MS } from "./call-graph.ts";

const { AUDIO, VIDEO } = CallType;
const { AUDIO_ON, VIDEO_REQUEST, VIDEO_ACCEPT, VIDEO_REJECT, SWITCH_TO_AUDIO, BUSY, RECEIVED } = CallControlType;

/** More than this and a search is sampling again. */
const MOST_STATES = 200_000;

const everything: Omit<Scope, "devices"> = {
  policy: {},
  types: [AUDIO, VIDEO],
  controls: [AUDIO_ON, VIDEO_REQUEST, VIDEO_ACCEPT, VIDEO_REJECT, SWITCH_TO_AUDIO, BUSY, RECEIVED],
  ends: true,
};
const voice: Omit<Scope, "devices"> = { ...everything, types: [AUDIO], controls: [AUDIO_ON, BUSY, RECEIVED] };
/** One length for all waits, and no connecting by itself, keep the search of four devices small. */
const evenTimes = { callConnectMs: 0, callRingMs: TICK_MS, callNetworkLossMs: TICK_MS };

const searches: readonly (readonly [string, Scope])[] = [
  ["a device each, every rpc", { ...everything, devices: { ann: 1, ben: 1 } }],
  [
    "a device each, the mock hangs up on busy",
    { ...voice, devices: { ann: 1, ben: 1 }, policy: { busyEndsCall: true } },
  ],
  ["one and two devices", { ...voice, devices: { ann: 1, ben: 2 } }],
  ["two devices each", { ...voice, devices: { ann: 2, ben: 2 }, controls: [], ends: false, policy: evenTimes }],
];

const taken = new Set<string>();

describe("every state that calls can reach is safe", () => {
  test.each(searches)("%s", (_, scope) => {
    const first = firstNode(scope);
    const seen = new Set([stateName(first)]);
    const queue: Node[] = [first];
    // The queue grows while it is walked.
    for (const node of queue) {
      for (const edge of edgesOf(node, 100 + queue.length, scope)) {
        const wrongs = wrongsOf(edge, taken);
        if (wrongs.length > 0) expect.fail(`${edge.what} in ${stateName(node)}: ${wrongs.join("; ")}`);
        if (edge.to === node) continue;
        const name = stateName(edge.to);
        if (seen.has(name)) continue;
        seen.add(name);
        queue.push(edge.to);
        const dangers = [...unsafe(edge.to), ...stuckCalls(edge.to)];
        if (dangers.length > 0)
          expect.fail(`${edge.what} in ${stateName(node)} leads to ${name}: ${dangers.join("; ")}`);
      }
    }
    expect(seen.size).toBeGreaterThan(50);
    expect(seen.size).toBeLessThan(MOST_STATES);
  });

  test("and every step of the table was taken on the way", () => {
    const steps = callTransitions.filter(({ from, to }) => from !== to).map(stepName);
    expect([...taken].sort()).toEqual(steps.sort());
  });
});
