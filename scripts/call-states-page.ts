// The call's state machine as a page in English and Chinese, printed from the table that the engine decides with.
import { CallState, ErrorCode } from "@nimkit/sdk/protocol/enums";
import type { CallEnding } from "../packages/server-mock/src/engine/call/endings.ts";
import { RECORD_STATES, recordStateOf } from "../packages/server-mock/src/engine/call/endings.ts";
import {
  type CallRefusal,
  type CallTransition,
  type CallTrigger,
  callRefusals,
  callTransitions,
} from "../packages/server-mock/src/engine/call/states.ts";

interface Text {
  readonly en: string;
  readonly zh: string;
}

const states: ReadonlyMap<CallState, Text & { readonly id: string }> = new Map([
  [CallState.IDLE, { id: "idle", en: "no call", zh: "没有通话" }],
  [
    CallState.CALLING,
    { id: "calling", en: "caller: started, on no device of the callee yet", zh: "主叫：已呼出，尚未到达被叫设备" },
  ],
  [
    CallState.RINGING_REMOTE,
    { id: "ringing_remote", en: "caller: a device of the callee rings", zh: "主叫：被叫设备正在振铃" },
  ],
  [CallState.RINGING, { id: "ringing", en: "callee: rings", zh: "被叫：正在振铃" }],
  [CallState.CONNECTING, { id: "connecting", en: "both: answered, no sound yet", zh: "双方：已接听，媒体尚未连通" }],
  [CallState.TALKING, { id: "talking", en: "both: established", zh: "双方：通话中" }],
]);

const triggers: Readonly<Record<CallTrigger, Text>> = {
  startCall: { en: "calls `startCall`", zh: "调用 `startCall`" },
  accept: { en: "calls `responseCall`, accepts", zh: "调用 `responseCall` 接听" },
  reject: { en: "calls `responseCall`, rejects", zh: "调用 `responseCall` 拒绝" },
  hangUp: { en: "calls `callHangup`", zh: "调用 `callHangup`" },
  control: { en: "calls `callControl`", zh: "调用 `callControl`" },
  setMedia: { en: "sets mute, speaker, camera or flash", zh: "设置静音、扬声器、摄像头或闪光灯" },
  received: { en: "gets `onCallReceive`", zh: "收到 `onCallReceive`" },
  calleeReceived: { en: "gets control 12, received", zh: "收到控制信号 12（已收到呼叫）" },
  calleeBusy: { en: "gets control 9, busy", zh: "收到控制信号 9（占线）" },
  peerAccepted: { en: "gets `onCallResponse`, accepted", zh: "收到 `onCallResponse`（接听）" },
  peerRejected: { en: "gets `onCallResponse`, not accepted", zh: "收到 `onCallResponse`（拒绝）" },
  answeredElsewhere: { en: "gets `onCallResponsedByOther`", zh: "收到 `onCallResponsedByOther`" },
  peerHungUp: { en: "gets `onCallHangup`", zh: "收到 `onCallHangup`" },
  rangOut: { en: "45 s without an answer", zh: "45 秒无人应答" },
  mediaUp: { en: "gets `onCallCallEstablished`", zh: "收到 `onCallCallEstablished`" },
  disconnected: { en: "gets `onCallCallDisconnected`", zh: "收到 `onCallCallDisconnected`" },
  sessionEnded: {
    en: "is logged out: by itself, kicked, or its token ran out",
    zh: "登录结束：自行登出、被踢或令牌过期",
  },
};

/** What the sides hear when a call ends. */
const endings: Readonly<Record<CallEnding, Text & { readonly hears: Text }>> = {
  hangup: {
    en: "a side hangs up after the answer",
    zh: "接听后一方挂断",
    hears: { en: "the peer `onCallHangup`", zh: "对方收到 `onCallHangup`" },
  },
  cancel: {
    en: "the caller hangs up before the answer",
    zh: "应答之前主叫挂断",
    hears: { en: "all that ring `onCallHangup`", zh: "所有振铃设备收到 `onCallHangup`" },
  },
  reject: {
    en: "the callee rejects",
    zh: "被叫拒绝",
    hears: {
      en: "the caller `onCallResponse`, the callee's other devices `onCallResponsedByOther`",
      zh: "主叫收到 `onCallResponse`，被叫的其他设备收到 `onCallResponsedByOther`",
    },
  },
  timeout: {
    en: "45 s without an answer",
    zh: "45 秒无人应答",
    hears: { en: "both sides `onCallHangup`", zh: "双方收到 `onCallHangup`" },
  },
  networkLoss: {
    en: "a side is without network for 30 s",
    zh: "一方断网 30 秒",
    hears: {
      en: "both `onCallCallDisconnected`: 20409 (Android 11001) who lost it, 20410 the peer",
      zh: "双方收到 `onCallCallDisconnected`：断网方为 20409（Android 为 11001），对方为 20410",
    },
  },
  logout: {
    en: "a side logs out",
    zh: "一方登出",
    hears: {
      en: "the peer `onCallCallDisconnected` without a code; before the answer `onCallHangup`",
      zh: "对方收到不带错误码的 `onCallCallDisconnected`；应答之前为 `onCallHangup`",
    },
  },
  kick: {
    en: "a side is kicked",
    zh: "一方被踢下线",
    hears: {
      en: "`onCallCallDisconnected`: 20412 (Android 11005) the kicked, 20413 (Android 11004) the peer; before the answer the peer `onCallHangup`",
      zh: "`onCallCallDisconnected`：被踢方为 20412（Android 为 11005），对方为 20413（Android 为 11004）；应答之前对方收到 `onCallHangup`",
    },
  },
  tokenExpiry: {
    en: "a side's token runs out",
    zh: "一方的令牌过期",
    hears: {
      en: "`onCallCallDisconnected`: 20409 (Android 11001) that side, 20413 (Android 11004) the peer; before the answer both `onCallHangup`",
      zh: "`onCallCallDisconnected`：过期方为 20409（Android 为 11001），对方为 20413（Android 为 11004）；应答之前双方收到 `onCallHangup`",
    },
  },
};

/** Endings that only an answered call has. */
const AFTER_ANSWER: readonly CallEnding[] = ["hangup", "networkLoss"];
/** Endings that only a call without an answer has. */
const BEFORE_ANSWER: readonly CallEnding[] = ["cancel", "reject", "timeout"];

const idOf = (state: CallState): string => states.get(state)?.id ?? String(state);
const row = (...cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
const both = ({ en, zh }: Text): readonly [string, string] => [en, zh];

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  return [row(...head), row(...head.map(() => "---")), ...rows.map((cells) => row(...cells)), ""];
}

/** Steps that leave the state as it is are left out of the picture. */
function diagram(): string[] {
  const labels = new Map<string, string[]>();
  for (const { from, on, to } of callTransitions) {
    if (from === to) continue;
    const arrow = `${idOf(from)} --> ${idOf(to)}`;
    labels.set(arrow, [...(labels.get(arrow) ?? []), on]);
  }
  return [
    "```mermaid",
    "stateDiagram-v2",
    "  [*] --> idle",
    ...Array.from(labels, ([arrow, names]) => `  ${arrow}: ${names.join(", ")}`),
    "```",
    "",
  ];
}

/** Rows that differ in their first state only, as one. */
function grouped<T extends { readonly from: CallState }>(
  items: readonly T[],
  keyOf: (item: T) => string,
): readonly { readonly from: string; readonly item: T }[] {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return [...groups.values()].flatMap((group) => {
    const [item] = group;
    return item ? [{ from: group.map(({ from }) => idOf(from)).join(", "), item }] : [];
  });
}

const transitionKey = ({ from, on, to, source }: CallTransition): string =>
  [on, from === to ? "stays" : to, source].join();

function refusalCodes({ code, codeOn = {} }: CallRefusal): string {
  const own = Object.entries(codeOn).map(([platform, value]) => `${value} (${platform})`);
  return [`${code} ${errorName(code)}`, ...own].join(", ");
}

function errorName(code: ErrorCode): string {
  return Object.entries(ErrorCode).find(([, value]) => value === code)?.[0] ?? "";
}

function recordOf(ending: CallEnding): string {
  const answered = [
    ...(BEFORE_ANSWER.includes(ending) ? [] : [true]),
    ...(AFTER_ANSWER.includes(ending) ? [] : [false]),
  ];
  const names = [...new Set(answered.map((was) => recordStateOf(ending, was)))];
  return names.map((name) => `${name} ${RECORD_STATES[name]}`).join(" / ");
}

/** The page. */
export function renderCallStates(): string {
  return [
    "<!-- Written by scripts/write-call-states.ts; do not edit. 由 scripts/write-call-states.ts 生成，请勿手工修改。 -->",
    "",
    "# States of a call · 通话的状态",
    "",
    "A call has two sides, and each device stands in one of six states; `currentCallID` tells its own. The mock decides",
    "with the tables below: a step that is not in them does not happen.",
    "",
    "通话有两方，每台设备处于六种状态之一，可由 `currentCallID` 取得。模拟服务按下面的表作出判断，表中没有的变化不会发生。",
    "",
    ...diagram(),
    "## States · 状态",
    "",
    ...table(
      ["State · 状态", "Number · 数值", "Meaning", "含义"],
      Array.from(states, ([state, text]) => [`\`${text.id}\``, String(state), ...both(text)]),
    ),
    "## Steps · 变化",
    "",
    ...table(
      ["From · 当前", "Trigger · 触发", "The device …", "设备……", "To · 之后", "Rule · 规则"],
      grouped(callTransitions, transitionKey).map(({ from, item }) => [
        from,
        `\`${item.on}\``,
        ...both(triggers[item.on]),
        item.from === item.to ? "the same · 不变" : idOf(item.to),
        item.source,
      ]),
    ),
    "## Refused · 拒绝",
    "",
    "What a state forbids. Before that each call checks the id: 404 for none, 403 for somebody who takes no part, 9102 for",
    "a call that is over.",
    "",
    "状态不允许的调用。在此之前每个调用先检查通话 ID：不存在为 404，未参与为 403，已结束为 9102。",
    "",
    ...table(
      ["State · 状态", "The device …", "设备……", "Code · 错误码", "Rule · 规则"],
      grouped(callRefusals, ({ on, code, source }) => [on, code, source].join()).map(({ from, item }) => [
        from,
        ...both(triggers[item.on]),
        refusalCodes(item),
        item.source,
      ]),
    ),
    "## Endings · 结束",
    "",
    "Every call ends in exactly one of these ways.",
    "",
    "每次通话只以其中一种方式结束。",
    "",
    ...table(
      ["Ending · 结束方式", "What happens", "情形", "Who hears what", "各方收到的事件", "Record · 记录状态"],
      Object.entries(endings).map(([ending, text]) => [
        `\`${ending}\``,
        ...both(text),
        ...both(text.hears),
        recordOf(ending as CallEnding),
      ]),
    ),
  ].join("\n");
}
