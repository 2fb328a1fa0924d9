import { callErrata } from "./errata-calls.ts";
import { messageErrata } from "./errata-messages.ts";
import { relationErrata } from "./errata-relations.ts";
import { type Erratum, expand } from "./erratum.ts";

const OPTIONAL = { kind: "required", written: "true", reading: "false" } as const;

/** Every place where the schema reads the module's document otherwise than it is written. */
export const errata: readonly Erratum[] = [
  ...messageErrata,
  ...relationErrata,
  ...callErrata,
  {
    entry: "onIMLogin",
    subject: "result.step",
    kind: "type",
    written: "string",
    reading: "number",
    reason: "The steps are the numbers of the platform.",
    source: "F-3",
  },
  {
    entry: "switchAudioOutputDevice",
    subject: "params.outputDevice",
    ...OPTIONAL,
    reason: "A parameter with a default need not be given.",
    source: "F-3",
  },
  {
    entry: "recordAudioForDuration",
    subject: "params.duration",
    ...OPTIONAL,
    reason: "A parameter with a default need not be given.",
    source: "F-3",
  },
  {
    entry: "enablePushService",
    subject: "params.enable",
    ...OPTIONAL,
    reason: "A parameter with a default need not be given.",
    source: "F-3",
  },
  ...expand({
    entries: ["logout", "stopPlay", "allMyTeams", "markAllNotificationsAsRead", "enablePushService"],
    subjects: [""],
    kind: "errors",
    written: "some",
    reading: "none",
    reason: "Its errors are those that every call can give, and an rpc does not list those.",
    source: "schema",
  }),
  {
    entry: "allRecentSession",
    subject: "",
    kind: "errors",
    written: "some",
    reading: "none",
    reason: "The module's error for an empty list is an option of the list; the rpc gives an empty list.",
    source: "F-4",
  },
  {
    entry: "config.xml",
    subject: "params.oppoAppSercet",
    kind: "renamed",
    written: "oppoAppSercet",
    reading: "oppoAppSecret",
    reason: "Misspelt; the misspelling is still read.",
    source: "F-1",
  },
  {
    entry: "config.xml",
    subject: "params.hwAppId",
    kind: "added",
    written: "absent",
    reading: "present",
    reason: "An older version of the document has it.",
    source: "F-1",
  },
];
