import { type CallControlType, CallType, KickReason } from "@nimkit/sdk/protocol/enums";
import { apply } from "../../src/engine/apply.ts";
import { decideKick } from "../../src/engine/auth/kick.ts";
import { decideLogin } from "../../src/engine/auth/login.ts";
import { type Call, deviceKey } from "../../src/engine/call/call.ts";
import { decideCall } from "../../src/engine/decide.ts";
import { type Actor, ENGINE_VERSION, type LogCommand } from "../../src/engine/entry.ts";
import { createEnv } from "../../src/engine/env.ts";
import { decideConnected, decideDisconnected } from "../../src/engine/event/decide-streams.ts";
import { createDraft } from "../../src/engine/event/draft.ts";
import type { JournalEvent } from "../../src/engine/journal.ts";
import { step } from "../../src/engine/step.ts";
import { decideDue } from "../../src/engine/timeline.ts";
import { type Account, type Device, emptyWorld, type World } from "../../src/engine/world.ts";
import type { CommandOf, RpcName } from "../../src/gen/commands.ts";

// Everything that can be reached with a few devices, by breadth-first search. A state is a world; two worlds are the
// same state if they differ only in ids, in the instant, in what was told, and in which of two like devices is which.

/** A world and its instant. */
export interface Node {
  readonly world: World;
  readonly now: number;
}

/** One way from a node to the next. */
export interface Edge {
  readonly from: Node;
  /** What was done, for messages. */
  readonly what: string;
  /** Who did it; nobody for time. */
  readonly actor: Actor | undefined;
  readonly events: readonly JournalEvent[];
  readonly to: Node;
}

/** What is tried in a search. */
export interface Scope {
  readonly devices: Readonly<Record<"ann" | "ben", number>>;
  readonly policy: Partial<World["policy"]>;
  readonly types: readonly CallType[];
  readonly controls: readonly CallControlType[];
  /** Devices may log out and be kicked. */
  readonly ends: boolean;
}

/** Instant at which every search begins. */
const START = 1_700_000_000_000;
/** All times are multiples of this, so that few different remaining times arise. */
export const TICK_MS = 15_000;

const rect = { x: 0, y: 0 };
const media = { serverRecord: false, autoRotateRemoteVideo: true };

/** A world in which devices of two accounts are logged in and connected, with their views prepared. */
export function firstNode({ devices, policy }: Scope): Node {
  const world = emptyWorld();
  let index = 0;
  const run = (command: LogCommand) =>
    step(world, { index: ++index, engineVersion: ENGINE_VERSION, time: START, seed: index, command });
  run({ kind: "policy", policy: { kickStrategy: "all", callConnectMs: TICK_MS, ...policy } });
  run({ kind: "seed", seed: { accounts: ["ann", "ben"].map((userId) => ({ userId, password: "p" })) } });
  for (const actor of actorsOf(devices)) {
    run({
      kind: "call",
      rpc: "auth.login",
      actor,
      input: { userId: actor.account, password: "p", auto: false },
      facts: { tokenHash: deviceKey(actor.account, actor.deviceId) },
    });
    run({ kind: "connected", ...actor });
    const input = { remoteRect: rect, localRect: rect, fixed: true };
    run({ kind: "call", rpc: "callMedia.initCallRemoteView", actor, input });
  }
  return { world, now: START };
}

function actorsOf(devices: Readonly<Record<string, number>>): Actor[] {
  return Object.entries(devices).flatMap(([account, count]) =>
    Array.from({ length: count }, (_, i): Actor => ({ account, deviceId: `d${i}`, platform: "ios" })),
  );
}

/** A copy that can change while the first stays; what no trigger of the search touches is shared. */
function fork(world: World): World {
  const accounts = Array.from(world.accounts, ([id, account]): [string, Account] => {
    const devices = Array.from(account.devices, ([deviceId, device]) => {
      return [deviceId, { ...device, feed: [], lastOffset: 0, freshFrom: 0 }] as [string, Device];
    });
    return [id, { ...account, devices: new Map(devices) }];
  });
  const live = Array.from(world.calls.live, ([id, call]): [string, Call] => {
    const parts = new Map(Array.from(call.parts, ([key, part]) => [key, { ...part }] as const));
    return [id, { ...call, parts, videoAsked: new Set(call.videoAsked), heardBy: new Set(call.heardBy) }];
  });
  const devices = Array.from(world.calls.devices, ([key, device]) => [key, { ...device }] as const);
  return {
    ...world,
    accounts: new Map(accounts),
    tokens: new Map(world.tokens),
    calls: { live: new Map(live), ended: new Map(), devices: new Map(devices) },
    timeline: [...world.timeline],
  };
}

/** Everything that can be done in a node and changes something. */
export function* edgesOf(node: Node, index: number, scope: Scope): Generator<Edge> {
  const { world, now } = node;
  const env = createEnv({ time: now, seed: index, index });
  const edge = (what: string, actor: Actor | undefined, events: readonly JournalEvent[]): Edge => {
    if (events.every(({ type }) => type === "delivered" || type === "callSettingsChanged")) {
      return { from: node, what, actor, events, to: node };
    }
    const to = fork(world);
    for (const event of events) apply(to, event);
    return { from: node, what, actor, events, to: { world: to, now } };
  };
  for (const account of world.accounts.values()) {
    for (const device of account.devices.values()) {
      const actor: Actor = { account: account.id, deviceId: device.id, platform: device.platform };
      if (device.status !== "live") {
        const input = { userId: account.id, password: "p", auto: false };
        const tokenHash = `${deviceKey(account.id, device.id)} ${index}`;
        yield edge("log in", actor, decideLogin(world, env, actor, input, tokenHash).events);
        continue;
      }
      const rpc = <K extends RpcName>(name: K, command: CommandOf<K>) =>
        decideCall(world, env, name, command, actor).events;
      for (const [what, events] of deeds(node, actor, scope, rpc))
        if (events.length > 0) yield edge(what, actor, events);
      if (scope.ends) {
        const draft = createDraft(world, env);
        decideKick(draft, world, env, account.id, device.id, KickReason.SERVER);
        yield edge("kick", actor, draft.events);
      }
      const ofStream = { ...actor, stream: device.stream ?? 0, sent: 0 };
      const events =
        device.stream === undefined
          ? decideConnected(world, env, actor).events
          : decideDisconnected(world, env, ofStream).events;
      yield edge(device.stream === undefined ? "connect" : "cut", actor, events);
    }
  }
  const due = callDues(world)[0];
  if (due !== undefined) yield passTime(node, due, index);
}

/** Instants at which something of a call falls due. */
function callDues(world: World): number[] {
  return world.timeline.filter(({ action }) => action.kind !== "expireToken").map((timer) => timer.due);
}

function passTime(from: Node, now: number, index: number): Edge {
  const world = fork(from.world);
  const env = createEnv({ time: now, seed: index, index });
  const all: JournalEvent[] = [];
  for (let events = decideDue(world, env); events.length > 0; events = decideDue(world, env)) {
    for (const event of events) apply(world, event);
    all.push(...events);
  }
  return { from, what: `wait ${now - from.now}`, actor: undefined, events: all, to: { world, now } };
}

type Run = <K extends RpcName>(name: K, command: CommandOf<K>) => readonly JournalEvent[];

/** Every rpc of CallService by a device, sensible or not; refused ones bring no events. */
function* deeds(
  { world }: Node,
  { account, deviceId }: Actor,
  { types, controls, ends }: Scope,
  run: Run,
): Generator<[string, readonly JournalEvent[]]> {
  const peer = account === "ann" ? "ben" : "ann";
  for (const type of types) yield ["start", run("call.startCall", { type, callees: [peer], ...media })];
  const ids = [...world.calls.live.keys()];
  for (const callId of ids) {
    for (const accept of [true, false]) {
      yield [
        accept ? "accept" : "reject",
        run("call.responseCall", { callId, accept, type: CallType.AUDIO, ...media }),
      ];
    }
    for (const type of controls) yield [`control ${type}`, run("call.callControl", { callId, type })];
    yield ["hang up", run("call.callHangup", { callId })];
  }
  yield ["hang up 0", run("call.callHangup", { callId: "0" })];
  if (world.calls.devices.get(deviceKey(account, deviceId))?.callId !== undefined) {
    yield ["mute", run("callMedia.setCallMute", { mute: false })];
  }
  if (ends) yield ["log out", run("auth.logout", {})];
}

/** The name of a node's state. */
export function stateName(node: Node): string {
  const calls = [...node.world.calls.live.values()];
  const [ann, ben] = [...node.world.accounts.values()];
  const alike = ann?.devices.size === ben?.devices.size ? [ann, ben, ann] : [ann, ben];
  let least: string | undefined;
  for (let i = 0; i + 1 < alike.length; i++) {
    for (const order of orders(calls)) {
      const name = nameWith(node, order, [alike[i]?.id ?? "", alike[i + 1]?.id ?? ""]);
      if (least === undefined || name < least) least = name;
    }
  }
  return least ?? "";
}

function orders(calls: readonly Call[]): (readonly Call[])[] {
  if (calls.length < 2) return [calls];
  return calls.flatMap((call) => orders(calls.filter((other) => other !== call)).map((rest) => [call, ...rest]));
}

/** Devices of an account are alike: only what stands with them counts, sorted. */
function nameWith({ world, now }: Node, calls: readonly Call[], accountIds: readonly string[]): string {
  const left = (due: number | undefined) => (due === undefined ? "-" : Math.max(0, due - now) / TICK_MS);
  const accounts = accountIds.map((id) => {
    const devices = world.accounts.get(id)?.devices ?? new Map<string, Device>();
    const each = Array.from(devices.values(), (device) => {
      const inCalls = calls.map(({ caller, parts, heardBy }) => {
        const part = parts.get(deviceKey(id, device.id));
        const heard = caller !== id && heardBy.has(device.id) ? "h" : "";
        if (!part) return heard;
        return `${heard}${part.state}${part.reached ? "r" : ""}${part.lost ? "l" : ""}${left(part.lostDue)}`;
      });
      return `${device.status === "live" ? "" : "x"}${device.stream === undefined ? "" : "s"}[${inCalls.join()}]`;
    });
    return each.sort().join(" ");
  });
  const each = calls.map(({ caller, type, answer, connectDue, establishedAt, ringDue, videoAsked }) => {
    const waits = answer ? (establishedAt === undefined ? `c${left(connectDue)}` : "e") : `r${left(ringDue)}`;
    const asked = Array.from(videoAsked, (account) => accountIds.indexOf(account));
    return `${accountIds.indexOf(caller)} ${type} ${waits} ${asked.sort().join()}`;
  });
  return `${accounts.join(" | ")} | ${each.join(" | ")}`;
}
