// Holds the schema against the module's document: all that differs has its line among the errata.
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fromBinary } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { describe, expect, test } from "vitest";
import { compileSchema } from "../src/buf.ts";
import type { ApiModel, FieldModel, MethodModel } from "../src/model/api-model.ts";
import { buildModel } from "../src/model/build-model.ts";
import { checkErrors } from "./facts/check-errors.ts";
import { compareWithFacts } from "./facts/compare.ts";
import { errata } from "./facts/errata.ts";
import { moduleFacts } from "./facts/facts.ts";

const model = await readModel();

async function readModel(): Promise<ApiModel> {
  const work = await mkdtemp(join(tmpdir(), "nimkit-parity-"));
  try {
    const image = join(work, "image.binpb");
    await compileSchema(resolve(import.meta.dirname, "../../../proto"), image);
    return buildModel(fromBinary(FileDescriptorSetSchema, await readFile(image)));
  } finally {
    await rm(work, { recursive: true });
  }
}

/** The model with some methods changed, left out (none given) or doubled. */
function changeMethods(module: string, change: (method: MethodModel) => readonly MethodModel[]): ApiModel {
  const services = model.services.map((service) => ({
    ...service,
    methods: service.methods.flatMap((method) => (method.module?.name === module ? change(method) : [method])),
  }));
  return { ...model, services };
}

/** The model with one field changed, or left out. Says so if there is no such field. */
function changeField(message: string, name: string, change: (field: FieldModel) => readonly FieldModel[]): ApiModel {
  const type = model.messages.find(({ typeName }) => typeName === `nim.v1.${message}`);
  if (!type?.fields.some((field) => field.name === name)) throw new Error(`nim.v1.${message}.${name} is gone`);
  const fields = type.fields.flatMap((field) => (field.name === name ? change(field) : [field]));
  return { ...model, messages: model.messages.map((other) => (other === type ? { ...type, fields } : other)) };
}

const problemsOf = (changed: ApiModel, list = errata) => compareWithFacts(changed, moduleFacts, list).problems;

test("the schema is the module, but for the errata", () => {
  const { problems, entries, parameters, resultFields, errata: known } = compareWithFacts(model, moduleFacts, errata);
  console.log(
    `${entries}/${moduleFacts.entries.length} entries, ${parameters} parameters, ${resultFields} result fields, ${known} errata`,
  );
  expect(problems).toEqual([]);
  expect(entries).toBe(125);
});

test("the error codes are those of the module and the servers", () => {
  expect(checkErrors(model, moduleFacts)).toEqual([]);
});

test("the facts are all there", () => {
  expect(moduleFacts.entries.map(({ n }) => n)).toEqual(Array.from({ length: 125 }, (_, index) => index + 1));
  const count = (kind: string) => moduleFacts.entries.filter((entry) => entry.kind === kind).length;
  expect([count("callback"), count("listener"), count("synchronous")]).toEqual([100, 22, 3]);
  expect(new Set(moduleFacts.entries.map(({ name }) => name)).size).toBe(125);
});

describe("a difference is noticed", () => {
  const text = { kind: "scalar", scalar: "string", longAsString: false } as const;

  test("an entry that is gone", () => {
    expect(problemsOf(changeMethods("kickUsers", () => []))).toEqual([
      "kickUsers: removed: the document says present, the schema says absent",
    ]);
  });

  test("a listener that is gone", () => {
    const events = model.events.filter((event) => event.listener?.name !== "onKick");
    expect(problemsOf({ ...model, events })).toEqual([
      "onKick: removed: the document says present, the schema says absent",
    ]);
  });

  test("an entry that stands twice", () => {
    expect(problemsOf(changeMethods("isPlaying", (method) => [method, method]))).toEqual([
      "isPlaying: duplicate: the document says one entry, the schema says also audio.isPlaying",
    ]);
  });

  test("an entry of another kind, platform, version or name", () => {
    const change = (patch: Partial<NonNullable<MethodModel["module"]>>) =>
      changeMethods("isMyTeam", (method) =>
        method.module ? [{ ...method, module: { ...method.module, ...patch } }] : [],
      );
    expect(problemsOf(change({ platforms: ["ios"] }))).toEqual([
      "isMyTeam: platforms: the document says both, the schema says ios only",
    ]);
    expect(problemsOf(change({ since: "1.0.0" }))).toEqual([
      "isMyTeam: since: the document says 1.1.5, the schema says 1.0.0",
    ]);
    expect(problemsOf(change({ kind: "callback" }))).toContain(
      "isMyTeam: kind: the document says synchronous, the schema says callback",
    );
    expect(problemsOf(change({ name: "isMyTeams" }))).toEqual([
      "isMyTeam: removed: the document says present, the schema says absent",
      "isMyTeams: added: the document says absent, the schema says present",
    ]);
  });

  test("a parameter that is gone", () => {
    expect(problemsOf(changeField("QuitTeamRequest", "team_id", () => []))).toEqual([
      "quitTeam: params.teamId: removed: the document says present, the schema says absent",
    ]);
  });

  test("a parameter that is new", () => {
    const twin = (field: FieldModel): FieldModel => ({ ...field, module: { ...field.module, name: "reason" } });
    expect(problemsOf(changeField("QuitTeamRequest", "team_id", (field) => [field, twin(field)]))).toEqual([
      "quitTeam: params.reason: added: the document says absent, the schema says present",
    ]);
  });

  test("a parameter with another presence, default, type or platform", () => {
    const change = (patch: Partial<FieldModel>) =>
      changeField("GetChatRoomMembersRequest", "limit", (field) => [{ ...field, ...patch }]);
    const place = "getChatRoomMembers: params.limit";
    expect(problemsOf(change({ required: true }))).toEqual([
      `${place}: required: the document says false, the schema says true`,
    ]);
    expect(problemsOf(change({ defaultValue: 20 }))).toEqual([
      `${place}: default: the document says 10, the schema says 20`,
    ]);
    expect(problemsOf(change({ type: text }))).toEqual([
      `${place}: type: the document says number, the schema says string`,
    ]);
    expect(
      problemsOf(
        changeField("GetChatRoomMembersRequest", "time", (field) => [
          { ...field, module: { ...field.module, platforms: [] } },
        ]),
      ),
    ).toEqual(["getChatRoomMembers: params.time: platforms: the document says android only, the schema says both"]);
  });

  test("a result field that is gone, everywhere it is shown", () => {
    const missing = "removed: the document says present, the schema says absent";
    expect(problemsOf(changeField("TeamMember", "type", () => []))).toEqual([
      `fetchTeamMembers: result.message.type: ${missing}`,
      `queryTeamMemberByUserId: result.message.type: ${missing}`,
    ]);
    expect(problemsOf(changeField("AllNotificationsUnreadCountResponse", "count", () => []))).toEqual([
      `allNotificationsUnreadCount: result.count: ${missing}`,
    ]);
  });

  test("a result field with another name or shape", () => {
    const change = (patch: Partial<FieldModel["module"]>) =>
      changeField("TeamByIdResponse", "team", (field) => [{ ...field, module: { ...field.module, ...patch } }]);
    expect(problemsOf(change({ listOfOne: false }))).toEqual([
      "teamById: result.message: type: the document says array, the schema says object",
    ]);
    expect(problemsOf(change({ name: "team" }))).toContain(
      "teamById: result.team: added: the document says absent, the schema says present",
    );
  });

  test("an answer that is called status, and an envelope that is", () => {
    expect(problemsOf(changeField("ChatRoomStatusChanged", "status", () => []))).toEqual([
      "onChatRoomStatusChanged: result.status: removed: the document says present, the schema says absent",
    ]);
    const events = model.events.map((event) =>
      event.listener?.name === "onBlackListChanged"
        ? { ...event, listener: { ...event.listener, status: false } }
        : event,
    );
    expect(problemsOf({ ...model, events })).toEqual([
      "onBlackListChanged: result.status: removed: the document says present, the schema says absent",
    ]);
  });

  test("a key of config.xml that is gone, and a misspelling that is no longer read", () => {
    expect(problemsOf(changeField("ModuleConfig", "mz_app_id", () => []))).toEqual([
      "config.xml: params.mzAppId: removed: the document says present, the schema says absent",
    ]);
    const deaf = (field: FieldModel): FieldModel => ({ ...field, module: { ...field.module, aliases: [] } });
    expect(problemsOf(changeField("ModuleConfig", "oppo_app_secret", (field) => [deaf(field)]))).toEqual([
      "config.xml: params.oppoAppSercet (alias): removed: the document says oppoAppSercet, the schema says no such alias",
    ]);
  });

  test("an rpc without errors, or with unknown ones", () => {
    expect(problemsOf(changeMethods("sendText", (method) => [{ ...method, errors: [] }]))).toEqual([
      "sendText: errors: the document says some, the schema says none",
    ]);
    const wrong = changeMethods("sendText", (method) => [{ ...method, errors: [-1, -1, 4711] }]);
    expect(checkErrors(wrong, moduleFacts)).toEqual([
      "message.sendText: lists error 4711, which ErrorCode lacks",
      "message.sendText: lists error -1 twice",
    ]);
  });

  test("an error code that is gone or incomplete", () => {
    const without = { ...model, errors: model.errors.filter(({ number }) => number !== 816) };
    expect(checkErrors(without, moduleFacts)).toEqual([
      "ErrorCode: 816 is missing",
      "ERROR_CODE_TEAM_QUERY_PARTLY_FAILED: has no error option",
    ]);
    const silent = model.errors.map(({ origin: _, ...error }) =>
      error.number === 816 ? { ...error, text: { en: "", zh: "" } } : { ...error, origin: "server" as const },
    );
    expect(checkErrors({ ...model, errors: silent }, moduleFacts)).toEqual([
      "ERROR_CODE_TEAM_QUERY_PARTLY_FAILED: says nothing about its origin",
      "ERROR_CODE_TEAM_QUERY_PARTLY_FAILED: has no English text",
      "ERROR_CODE_TEAM_QUERY_PARTLY_FAILED: has no Chinese text",
    ]);
  });
});

describe("an erratum rots", () => {
  test("when the schema says what the document says", () => {
    const asWritten = changeField("UpdateMyUserInfoRequest", "gender", (field) => [{ ...field, defaultValue: 1 }]);
    expect(problemsOf(asWritten)).toEqual(["updateMyUserInfo params.gender default: erratum is not needed"]);
  });

  test("when the schema says something else again", () => {
    const other = changeField("UpdateMyUserInfoRequest", "gender", (field) => [{ ...field, defaultValue: 2 }]);
    expect(problemsOf(other)).toEqual([
      "updateMyUserInfo: params.gender: default: the document says 1, the schema says 2, the erratum says 1 is to be read as nothing",
    ]);
  });

  test("when a misspelling was never there", () => {
    const extra = {
      entry: "login",
      subject: "params.user",
      kind: "renamed",
      written: "user",
      reading: "userId",
      reason: "",
      source: "F-4",
    } as const;
    expect(problemsOf(model, [...errata, extra])).toEqual(["login params.user renamed: erratum is not needed"]);
  });

  test("when it stands twice or is missing", () => {
    const [first] = errata;
    if (!first) throw new Error("there are no errata");
    expect(problemsOf(model, [...errata, first])).toEqual([
      "fetchMessageHistory params.sessionType required: erratum stands twice",
    ]);
    expect(problemsOf(model, errata.slice(1))).toEqual([
      "fetchMessageHistory: params.sessionType: required: the document says true, the schema says false",
    ]);
  });
});
