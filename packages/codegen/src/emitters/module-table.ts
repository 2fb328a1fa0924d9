import { StructureKind } from "ts-morph";

import type { ApiModel, EnumModel, FieldModel } from "../model/api-model.ts";
import { moduleEntries } from "../model/module-view.ts";
import { docs } from "../print/comments.ts";
import { type Literal, printLiteral, printTable } from "../print/literal.ts";
import { type Emitter, exportedConst } from "./emitter.ts";

/** Writes `module-table.ts`: the callback module as data, for its interpreter. */
export const emitModuleTable: Emitter = (model, out) => {
  const entries = moduleEntries(model);
  if (entries.length === 0) return;
  const file = out.file("module-table.ts");
  const property = (name: string, type: string, doc: string, hasQuestionToken = false) => ({
    name,
    type,
    hasQuestionToken,
    isReadonly: true,
    docs: docs([doc]),
  });
  file.add(
    {
      kind: StructureKind.Interface,
      isExported: true,
      name: "ModuleEntry",
      docs: docs(["One entry of the callback module."]),
      properties: [
        property("name", "string", "The module's spelling."),
        property("kind", '"callback" | "synchronous" | "progress" | "listener"', "How it is called."),
        property("platforms", 'readonly ("ios" | "android")[]', "Platforms that have it; absent: both.", true),
        property("since", "string", "Version of the module that first had it."),
        property("target", "string", "Method such as `message.sendText`; for a listener the name of the event."),
        property("status", "boolean", "The module adds `status: true` to the result."),
      ],
    },
    {
      kind: StructureKind.Interface,
      isExported: true,
      name: "ModuleFieldView",
      docs: docs(["How a field looks in the module, where that differs from its JSON."]),
      properties: [
        property("name", "string", "The module's spelling.", true),
        property("aliases", "readonly string[]", "Other spellings that are read.", true),
        property("hidden", "true", "The module does not have the field.", true),
        property("inline", "true", "The fields of this message stand in its place.", true),
        property("listOfOne", "true", "The single message stands in an array.", true),
        property("emptyIsError", "true", "The module gives error -1 instead of this list when it is empty.", true),
        property("platforms", 'readonly ("ios" | "android")[]', "Platforms that have it; absent: both.", true),
      ],
    },
    {
      kind: StructureKind.Interface,
      isExported: true,
      name: "ModuleEnumValueView",
      docs: docs(["How an enum value looks in the module, where that differs from its number."]),
      properties: [
        property("ios", "number", "Number on iOS.", true),
        property("android", "number", "Number on Android.", true),
        property("name", "string", "String that stands instead of the number.", true),
        property("onlyOn", '"ios" | "android"', "The only platform that has it.", true),
      ],
    },
    exportedConst(
      "moduleEntries",
      "Every entry of the callback module: methods in the order of the schema, then listeners.",
      printTable(
        entries.map(({ name, kind, platforms, since, target, status }) => ({
          name,
          kind,
          platforms: platforms.length === 0 ? undefined : platforms,
          since,
          target,
          status,
        })),
      ),
      "readonly ModuleEntry[]",
    ),
    exportedConst(
      "moduleFields",
      "By message type and property: how a field looks in the module. Fields that are not listed keep their JSON name.",
      printTable(fieldTable(model)),
      "Readonly<Record<string, Readonly<Record<string, ModuleFieldView>>>>",
    ),
    exportedConst(
      "moduleEnums",
      "By enum type and number: values whose number or string differs in the module, or that one platform lacks.",
      `{\n${model.enums.flatMap(enumLines).join("")}}`,
      "Readonly<Record<string, Readonly<Record<number, ModuleEnumValueView>>>>",
    ),
  );
};

function fieldTable(model: ApiModel): Readonly<Record<string, Literal>> {
  const table: Record<string, Literal> = {};
  for (const message of model.messages) {
    const fields: Record<string, Literal> = {};
    for (const field of message.fields) {
      const view = fieldView(field);
      if (Object.values(view).some((value) => value !== undefined)) fields[field.localName] = view;
    }
    if (Object.keys(fields).length > 0) table[message.typeName] = fields;
  }
  return table;
}

function fieldView(field: FieldModel): { readonly [key: string]: Literal } {
  const { name, aliases, extension, inline, listOfOne, emptyIsError, platforms } = field.module;
  return {
    name: name === field.jsonName ? undefined : name,
    aliases: aliases.length === 0 ? undefined : aliases,
    hidden: extension || undefined,
    inline: inline || undefined,
    listOfOne: listOfOne || undefined,
    emptyIsError: emptyIsError || undefined,
    platforms: platforms.length === 0 ? undefined : platforms,
  };
}

function enumLines(type: EnumModel): readonly string[] {
  const lines = type.values.flatMap((value) => {
    const view = {
      ios: value.ios,
      android: value.android,
      name: value.moduleName,
      onlyOn: value.platforms.length === 1 ? value.platforms[0] : undefined,
    };
    if (Object.values(view).every((item) => item === undefined)) return [];
    return [`    ${value.number < 0 ? `[${value.number}]` : value.number}: ${printLiteral(view, 4)},\n`];
  });
  return lines.length === 0 ? [] : [`  ${JSON.stringify(type.typeName)}: {\n${lines.join("")}  },\n`];
}
