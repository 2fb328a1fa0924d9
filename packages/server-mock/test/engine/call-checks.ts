import { CallState } from "@nimkit/sdk/protocol/enums";
import { type Call, type CallTimer, deviceKey } from "../../src/engine/call/call.ts";
import { type CallTransition, type CallTrigger, callTransitions } from "../../src/engine/call/states.ts";
import { decideCall } from "../../src/engine/decide.ts";
import type { Actor } from "../../src/engine/entry.ts";
import { createEnv } from "../../src/engine/env.ts";
import type { JournalEventOf } from "../../src/engine/journal.ts";
import type { EventData } from "../../src/gen/commands.ts";
import type { Edge, Node } from "./call-graph.ts";

const { IDLE, CALLING, RINGING_REMOTE, RINGING, CONNECTING, TALKING } = CallState;

/** A step of the table, as a text. */
export const stepName = ({ from, on, to }: Pick<CallTransition, "from" | "on" | "to">): string =>
  `${from} -${on}-> ${to}`;

const onTheTable = new Set(callTransitions.map(stepName));

/** What a device must be told when something else than its own deed takes it out of a call. */
const FAREWELLS: Partial<Record<CallTrigger, EventData["payload"]["case"]>> = {
  peerHungUp: "callHangup",
  rangOut: "callHangup",
  peerRejected: "callResponse",
  answeredElsewhere: "callRespondedElsewhere",
  disconnected: "callDisconnected",
};

/** What is wrong with a way; nothing, if it is as the rules say. Steps that devices took are added to `taken`. */
export function wrongsOf(edge: Edge, taken: Set<string>): string[] {
  return [...wrongSteps(edge, taken), ...wrongEndings(edge), ...wrongAnswers(edge)];
}

function* wrongSteps({ from, what, events, actor }: Edge, taken: Set<string>): Generator<string> {
  const states = new Map<string, CallState>();
  for (const { parts } of from.world.calls.live.values()) for (const [key, part] of parts) states.set(key, part.state);
  for (const event of events) {
    if (event.type !== "callMoved") continue;
    const key = deviceKey(event.account, event.deviceId);
    const step = stepName({ from: states.get(key) ?? IDLE, on: event.on, to: event.state });
    states.set(key, event.state);
    taken.add(step);
    if (!onTheTable.has(step)) yield `${key} takes a step that is not on the table: ${step}`;
    const farewell = FAREWELLS[event.on];
    if (farewell !== undefined && !isTold(events, event, farewell)) yield `${key} is not told ${farewell}`;
    // Who says that it is busy hears how the mock hangs up for the caller.
    const isOwn = actor?.account === event.account && actor.deviceId === event.deviceId && !what.startsWith("control");
    if (isOwn && farewell !== undefined) yield `${key} is told of its own deed: ${event.on}`;
  }
}

function isTold(
  events: Edge["events"],
  { account, deviceId }: JournalEventOf<"callMoved">,
  name: EventData["payload"]["case"],
): boolean {
  return events.some(
    (event) =>
      event.type === "delivered" &&
      event.account === account &&
      event.deviceId === deviceId &&
      event.event.payload.case === name,
  );
}

/** A call ends once, at once for everybody, and nothing of it stays. */
function* wrongEndings({ from, events, to }: Edge): Generator<string> {
  const ended = events.flatMap((event) => (event.type === "callEnded" ? [event.callId] : []));
  if (new Set(ended).size !== ended.length) yield "a call ends twice";
  const started = events.flatMap((event) => (event.type === "callStarted" ? [event.start.callId] : []));
  for (const id of ended) if (to.world.calls.live.has(id)) yield `${id} ended and goes on`;
  for (const id of [...from.world.calls.live.keys(), ...started]) {
    if (!to.world.calls.live.has(id) && !ended.includes(id)) yield `${id} is gone without an ending`;
  }
}

/** At most one device answers a call, and its answer stays. */
function* wrongAnswers({ from, events, to }: Edge): Generator<string> {
  for (const event of events) {
    if (event.type !== "callAnswered") continue;
    if (from.world.calls.live.get(event.callId)?.answer) yield `${event.callId} is answered twice`;
  }
  for (const [id, { answer }] of from.world.calls.live) {
    const now = to.world.calls.live.get(id)?.answer;
    if (answer && now && now !== answer) yield `${id} has another answer`;
  }
}

/** What makes a state unsafe. */
export function* unsafe(node: Node): Generator<string> {
  const { world } = node;
  const timers = new Set(world.timeline.map(({ due, action }) => `${action.kind} ${JSON.stringify(action)} ${due}`));
  const wanted = new Set(world.timeline.flatMap(({ action }) => (action.kind === "expireToken" ? [] : [action])));
  const inCalls = new Map<string, string>();
  for (const call of world.calls.live.values()) {
    yield* wrongParts(call);
    for (const key of call.parts.keys()) {
      if (inCalls.has(key)) yield `${key} is in two calls`;
      inCalls.set(key, call.id);
      const [account = "", deviceId = ""] = key.split(" ");
      const device = world.accounts.get(account)?.devices.get(deviceId);
      if (device?.status !== "live") yield `${key} is in a call without a login`;
      if (call.parts.get(key)?.lost && device?.stream !== undefined) yield `${key} is lost although it is back`;
    }
    yield* wrongTimers(call, node, timers);
  }
  for (const [key, { callId }] of world.calls.devices) {
    if (callId !== inCalls.get(key)) yield `${key} believes to be in call ${callId}`;
  }
  for (const action of wanted) {
    if ("callId" in action && !world.calls.live.has(action.callId))
      yield `a timer of a call that is over: ${action.kind}`;
  }
}

/** Before the answer one device calls and any number ring; after it two are in the same state. */
function* wrongParts(call: Call): Generator<string> {
  const of = (account: string) => [...call.parts.values()].filter((part) => part.account === account);
  const [callers, callees] = [of(call.caller), of(call.callee)];
  const states = [...call.parts.values()].map((part) => part.state);
  if (callers.length !== 1) yield `${callers.length} devices of the caller`;
  if (call.answer) {
    if (callees.length !== 1 || callees[0]?.deviceId !== call.answer.deviceId)
      yield "not the device that answered talks";
    const wanted = call.establishedAt === undefined ? CONNECTING : TALKING;
    if (states.some((state) => state !== wanted)) yield `an answered call with states ${states}`;
  } else {
    if (callees.some((part) => part.state !== RINGING)) yield "a device of the callee does not ring";
    const isHeard = callees.some((part) => part.reached);
    if (isHeard && callers[0]?.state !== RINGING_REMOTE) yield "the caller does not know that it rings";
    if (callers[0]?.state !== CALLING && callers[0]?.state !== RINGING_REMOTE) yield "the caller does not call";
  }
}

/** Whatever waits has a timer: a call that nobody answers, that connects, or whose side lost its network. */
function* wrongTimers(call: Call, { now }: Node, timers: ReadonlySet<string>): Generator<string> {
  const has = (action: CallTimer, due: number | undefined) =>
    due !== undefined && due > now && timers.has(`${action.kind} ${JSON.stringify(action)} ${due}`);
  const { id: callId, answer, establishedAt } = call;
  if (!answer && !has({ kind: "callRang", callId }, call.ringDue)) yield "nothing ends the ringing";
  for (const { account, deviceId, lost, lostDue } of call.parts.values()) {
    if (answer && lost && !has({ kind: "callLost", callId, account, deviceId }, lostDue)) {
      yield "nothing ends a call without network";
    }
    if (!lost && lostDue !== undefined) yield "a timer for a network that is there";
  }
  const isComplete = [...call.parts.values()].every((part) => !part.lost);
  if (answer && establishedAt === undefined && isComplete && !has({ kind: "callConnected", callId }, call.connectDue)) {
    yield "nothing establishes the call";
  }
}

/** Calls of a node that nobody in them can end: there must be none. */
export function stuckCalls({ world, now }: Node): string[] {
  const env = createEnv({ time: now, seed: 1, index: 1 });
  return Array.from(world.calls.live.values()).flatMap((call) => {
    const who = [...call.parts.values()].filter((part) => part.state !== RINGING);
    const all = who.every(({ account, deviceId }) => {
      const actor: Actor = { account, deviceId, platform: "ios" };
      const { events } = decideCall(world, env, "call.callHangup", { callId: "0" }, actor);
      return events.some((event) => event.type === "callEnded" && event.callId === call.id);
    });
    return all && who.length > 0 ? [] : [`nobody can end ${call.id}`];
  });
}
