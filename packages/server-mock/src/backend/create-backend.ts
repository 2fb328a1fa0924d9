import { EndReason, ErrorCode, KickReason } from "@nimkit/sdk/protocol/enums";
import { type Attachments, type ByteRpc, createAttachments } from "../attachments/attachments.ts";
import { canonicalAccount } from "../engine/account-id.ts";
import type { Actor, CallCommand, HostFacts, LogCommand, LogEntry } from "../engine/entry.ts";
import type { ProgressRpc } from "../engine/journal.ts";
import type { Policy } from "../engine/policy.ts";
import { digest, newestIndex, restoreWorld, snapshotWorld } from "../engine/snapshot.ts";
import { type StepResult, step } from "../engine/step.ts";
import { nextDue } from "../engine/timeline.ts";
import { emptyWorld } from "../engine/world.ts";
import type { CommandOf, ReplyOf, RpcName, SubscribeCommand, SubscribeReply } from "../gen/commands.ts";
import { defaultSeed } from "../seed/default-seed.ts";
import type { SeedData } from "../seed/seed-data.ts";
import { type ClockOptions, createClockDriver } from "./clock.ts";
import type { MockControl } from "./control.ts";
import { createHub } from "./hub.ts";
import { createMemoryLog } from "./log.ts";
import { ownCommand } from "./own-command.ts";
import { createProgressHub } from "./progress.ts";
import { createRoomControl } from "./room-control.ts";
import { RuleError } from "./rule-error.ts";
import { type StreamHost, subscribe } from "./subscribe.ts";
import { systemTimers, type Timers } from "./timers.ts";
import { createTokens, randomName } from "./tokens.ts";

/** Options of {@link createBackend}. */
export interface BackendOptions {
  /** What the world starts with. Default: the default seed. */
  readonly seed?: SeedData;
  /** Settings that differ from the default policy. */
  readonly policy?: Partial<Policy>;
  /** Number from which ids and chance follow, 0 to 2^32 - 1. Default: 1. */
  readonly randomSeed?: number;
  /** Where time comes from. Default: the system's clock. */
  readonly clock?: ClockOptions;
  /** Where waiting comes from, for heartbeats and the clock. Default: the system's timers. */
  readonly timers?: Timers;
  /** Name of the run of event offsets. Default: a random one for each start, as memory forgets. */
  readonly epoch?: string;
  /** Told of every entry and what it came to, after it was applied. */
  readonly onCommit?: (entry: LogEntry, result: StepResult) => void;
}

/** The engine with its log, clock and streams: everything but transports. */
export interface Backend {
  /**
   * Calls an rpc that answers once, as a device. For `auth.login` the actor's account is ignored.
   * @throws RuleError when a rule refuses the call
   */
  execute<K extends RpcName>(rpc: K, command: CommandOf<K>, actor: Actor | undefined): ReplyOf<K>;
  /**
   * Opens a device's stream of events. It opens when it is first read.
   * @throws RuleError from the first read, when the device is not logged in
   */
  subscribe(
    actor: Actor,
    command: SubscribeCommand,
    options?: { readonly signal?: AbortSignal },
  ): AsyncIterable<SubscribeReply>;
  /**
   * Calls an rpc that answers in steps, as a device. The call begins when it is first read; leaving ends what it began.
   * @throws RuleError from the first read, when a rule refuses the call
   */
  progress<K extends ProgressRpc>(
    rpc: K,
    command: CommandOf<K>,
    actor: Actor,
    options?: { readonly signal?: AbortSignal },
  ): AsyncIterable<ReplyOf<K>>;
  /** Whose access token it is; undefined for one that is unknown, ended or expired. */
  authenticate(token: string): Actor | undefined;
  /** Bytes of attachments: the rpcs that carry them, which `execute` does not take, and serving them. */
  readonly attachments: Attachments;
  /** Steers the mock. */
  readonly control: MockControl;
  /** Ends all streams and stops the clock, for good: every later call is refused with 415 or as not logged in. */
  close(): Promise<void>;
}

const BYTE_RPCS: ReadonlySet<RpcName> = new Set([
  "attachment.uploadChunk",
  "attachment.finishUpload",
  "attachment.download",
] satisfies ByteRpc[]);

/** Creates a backend in memory. Its transports and services are added around it. */
export function createBackend(options: BackendOptions = {}): Backend {
  const world = emptyWorld();
  const timers = options.timers ?? systemTimers;
  const log = createMemoryLog(options.randomSeed ?? 1);
  const hub = createHub();
  const steps = createProgressHub();
  const tokens = createTokens();
  const epochBase = options.epoch ?? randomName();
  let epochCount = 0;
  const epoch = (): string => (epochCount === 0 ? epochBase : `${epochBase}-${epochCount}`);

  let closed = false;

  const commit = (command: LogCommand): { readonly entry: LogEntry; readonly result: StepResult } => {
    const entry = log.append(command, clock.now());
    const result = step(world, entry);
    hub.publish(result.events);
    steps.publish(result.events);
    attachments.publish(result.events);
    options.onCommit?.(entry, result);
    clock.arm();
    return { entry, result };
  };
  const clock = createClockDriver(
    { nextDue: () => nextDue(world), tick: () => void commit({ kind: "tick" }) },
    { timers, ...options.clock },
  );
  /** What is due comes before what is asked. */
  const commitInTime = (command: LogCommand): ReturnType<typeof commit> => {
    const due = nextDue(world);
    if (due !== undefined && due <= clock.now()) commit({ kind: "tick" });
    return commit(command);
  };
  const answer = (name: string, { outcome }: StepResult): ReplyOf<RpcName> => {
    if ("error" in outcome) throw new RuleError(name, outcome.error.code, outcome.error.field, outcome.error.text);
    return outcome.reply;
  };
  const attachments = createAttachments({
    world,
    call<K extends ByteRpc>(rpc: K, command: CommandOf<K>, actor: Actor, facts: HostFacts): ReplyOf<K> {
      return answer(rpc, commitInTime({ ...callOf(rpc, command, actor), facts }).result) as ReplyOf<K>;
    },
  });
  const start = (): void => {
    if (options.policy) commit({ kind: "policy", policy: options.policy });
    answer("control.seed", commit({ kind: "seed", seed: options.seed ?? defaultSeed }).result);
  };
  start();
  const cut = (): void => {
    hub.end("cut");
    steps.cut();
  };
  const callOf = <K extends RpcName>(rpc: K, command: CommandOf<K>, actor: Actor | undefined): CallCommand => {
    if (closed) throw new RuleError(rpc, ErrorCode.NOT_CONNECTED);
    const base = { kind: "call", rpc, input: ownCommand(command) } as const;
    return (actor === undefined ? base : { ...base, actor }) as CallCommand;
  };

  const host: StreamHost = {
    world,
    hub,
    timers,
    epoch,
    now: clock.now,
    connected({ account, deviceId, platform }) {
      if (closed) throw new RuleError("event.subscribe", ErrorCode.NOT_CONNECTED);
      const { entry, result } = commitInTime({ kind: "connected", account, deviceId, platform });
      answer("event.subscribe", result);
      return entry.index;
    },
    disconnected(account, deviceId, stream, sent) {
      commit({ kind: "disconnected", account, deviceId, stream, sent });
    },
  };

  const control: MockControl = {
    reset() {
      commit({ kind: "reset" });
      epochCount++;
      start();
      cut();
    },
    seed(data) {
      answer("control.seed", commit({ kind: "seed", seed: data }).result);
    },
    clock,
    dropStreams(account, deviceId) {
      hub.end("cut", account === undefined ? undefined : canonicalAccount(account), deviceId);
    },
    kick(account, { deviceId, reason = KickReason.SERVER } = {}) {
      const command = { kind: "kick", account: canonicalAccount(account), reason } as const;
      commitInTime(deviceId === undefined ? command : { ...command, deviceId });
    },
    rooms: createRoomControl((roomId, order) => {
      answer("control.rooms", commitInTime({ kind: "room", roomId, order: structuredClone(order) }).result);
    }),
    snapshot: () => snapshotWorld(world),
    restore(snapshot) {
      // Read it first: a damaged snapshot must not enter the log.
      log.skipTo(newestIndex(restoreWorld(snapshot)));
      commit({ kind: "restore", snapshot });
      epochCount++;
      cut();
    },
    digest: () => digest(world),
    get policy() {
      return world.policy;
    },
    setPolicy(policy) {
      commit({ kind: "policy", policy });
    },
    log: log.tail,
    openStreams: hub.size,
  };

  return {
    execute<K extends RpcName>(rpc: K, command: CommandOf<K>, actor: Actor | undefined): ReplyOf<K> {
      if (BYTE_RPCS.has(rpc)) throw new TypeError(`${rpc} carries bytes: call backend.attachments`);
      const call = callOf(rpc, command, actor);
      if (call.rpc !== "auth.login") return answer(rpc, commitInTime(call).result) as ReplyOf<K>;
      const { token, hash } = tokens.issue();
      const reply = answer(rpc, commitInTime({ ...call, facts: { tokenHash: hash } }).result);
      return { ...reply, accessToken: token } as ReplyOf<K>;
    },
    progress<K extends ProgressRpc>(
      rpc: K,
      command: CommandOf<K>,
      actor: Actor,
      { signal }: { readonly signal?: AbortSignal } = {},
    ): AsyncIterable<ReplyOf<K>> {
      const { account, deviceId } = actor;
      const read = steps.read({
        rpc,
        signal,
        begin() {
          const { entry, result } = commitInTime(callOf(rpc, command, actor));
          answer(rpc, result);
          return { call: entry.index, events: result.events };
        },
        leave(call) {
          if (!closed) commit({ kind: "abandoned", account: canonicalAccount(account), deviceId, call });
        },
      });
      return read as AsyncIterable<ReplyOf<K>>;
    },
    subscribe: (actor, command, { signal } = {}) =>
      subscribe(host, { ...actor, account: canonicalAccount(actor.account) }, command, signal),
    authenticate(token) {
      if (closed) return undefined;
      const known = world.tokens.get(tokens.hash(token));
      if (!known || known.expiresAt <= clock.now()) return undefined;
      const { account, deviceId, platform } = known;
      return { account, deviceId, platform };
    },
    attachments,
    control,
    async close() {
      closed = true;
      attachments.close();
      hub.end(EndReason.SERVER_CLOSING);
      steps.cut();
      clock.close();
    },
  };
}
