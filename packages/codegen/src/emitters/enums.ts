import { StructureKind } from "ts-morph";

import type { ApiModel, EnumModel } from "../model/api-model.ts";
import { createFileNames, propertyKey, upperCamel } from "../names.ts";
import { commentText, docs } from "../print/comments.ts";
import { type Emitter, exportedConst } from "./emitter.ts";

/** Names of the plain enums: as protoc-gen-es names them; enums of one name in two packages get their package in front. */
export function plainEnumNames(model: ApiModel): ReadonlyMap<string, string> {
  const count = new Map<string, number>();
  for (const type of ownEnums(model)) count.set(type.shapeName, (count.get(type.shapeName) ?? 0) + 1);
  const names = createFileNames();
  return new Map(
    ownEnums(model).map((type) => {
      const single = count.get(type.shapeName) === 1;
      return [type.typeName, names.claim(single ? type.shapeName : `${upperCamel(type.package)}${type.shapeName}`)];
    }),
  );
}

function ownEnums(model: ApiModel): readonly EnumModel[] {
  return model.enums.filter((type) => !type.wellKnown);
}

/** Writes `enums.ts`: every enum as a plain constant, without imports. */
export const emitEnums: Emitter = (model, out) => {
  const types = ownEnums(model);
  if (types.length === 0) return;
  const file = out.file("enums.ts");
  for (const type of types) {
    const name = out.enumNames.get(type.typeName) ?? type.shapeName;
    const lines = type.values.flatMap((value) => [
      ...(value.text.en === "" ? [] : [`  /** ${commentText(value.text.en).replaceAll("\n", " ")} */`]),
      `  ${propertyKey(value.localName)}: ${value.number},`,
    ]);
    file.add(exportedConst(name, type.text.en, `{\n${lines.join("\n")}\n} as const`), {
      kind: StructureKind.TypeAlias,
      isExported: true,
      name,
      type: `(typeof ${name})[keyof typeof ${name}]`,
      docs: docs([type.text.en]),
    });
  }
};
