import { type Erratum, expand } from "./erratum.ts";

const ABSENT = { kind: "added", written: "absent", reading: "present" } as const;
const OPTIONAL = { kind: "required", written: "true", reading: "false" } as const;
const NUMBER = { kind: "type", written: "string", reading: "number" } as const;
const BOOLEAN = { kind: "type", written: "string", reading: "boolean" } as const;

/** Calls and their pictures and sound. */
export const callErrata: readonly Erratum[] = [
  ...expand({
    entries: ["startCall", "responseCall"],
    subjects: ["params.type"],
    ...OPTIONAL,
    reason: "A parameter with a default need not be given.",
    source: "F-3",
  }),
  {
    entry: "startCall",
    subject: "params.ext",
    ...OPTIONAL,
    reason: "The sample calls without it.",
    source: "F-3",
  },
  {
    entry: "startCall",
    subject: "result.callID",
    ...ABSENT,
    reason: "The native SDKs return it, and hanging up needs it.",
    source: "F-4",
  },
  ...expand({
    entries: ["onCallCallEstablished"],
    subjects: ["result.callID", "result.user"],
    ...ABSENT,
    reason: "Says which call is meant.",
    source: "F-4",
  }),
  {
    entry: "onCallHangup",
    subject: "result.user",
    ...ABSENT,
    reason: "Says who hung up.",
    source: "F-4",
  },
  {
    entry: "onCallReceive",
    subject: "result.type",
    ...NUMBER,
    reason: "The call types are the numbers 1 and 2.",
    source: "F-3",
  },
  {
    entry: "onCallControl",
    subject: "result.control",
    ...NUMBER,
    reason: "The control types are the numbers 1 to 14.",
    source: "F-3",
  },
  {
    entry: "onCallNetStatus",
    subject: "result.status",
    ...NUMBER,
    reason: "The network's grades are the numbers 0 to 4.",
    source: "F-3",
  },
  ...expand({
    entries: ["onCallResponse", "onCallResponsedByOther"],
    subjects: ["result.accepted"],
    ...BOOLEAN,
    reason: "It answers yes or no.",
    source: "F-3",
  }),
  {
    entry: "onCallResponsedByOther",
    subject: "result.clientType",
    ...NUMBER,
    reason: "The native client types are numbers.",
    source: "B-1",
  },
  ...expand({
    entries: ["setCallMute"],
    subjects: ["params.mute"],
    ...BOOLEAN,
    reason: "Its default and its sample are booleans.",
    source: "F-3",
  }),
  ...expand({
    entries: ["setCallSpeaker"],
    subjects: ["params.useSpeaker"],
    ...BOOLEAN,
    reason: "Its default and its sample are booleans.",
    source: "F-3",
  }),
  ...expand({
    entries: ["initCallRemoteView"],
    subjects: ["params.remoteRect", "params.localRect"].flatMap((rect) =>
      ["x", "y", "w", "h"].map((side) => `${rect}.${side}`),
    ),
    ...OPTIONAL,
    reason: "Each side has a default, if only the size of the window.",
    source: "F-4",
  }),
  {
    entry: "initCallRemoteView",
    subject: "params.localRect.h",
    kind: "default",
    written: "100",
    reading: "nothing",
    reason: "Both rectangles are one entity, but their default heights differ: whoever draws applies them.",
    source: "schema",
  },
  {
    entry: "currentCallID",
    subject: "result.status",
    ...ABSENT,
    reason: "All other callbacks put it into their result.",
    source: "schema",
  },
];
