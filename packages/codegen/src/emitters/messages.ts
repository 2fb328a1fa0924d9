import { StructureKind } from "ts-morph";

import { messageFile } from "../names.ts";
import type { Emitter } from "./emitter.ts";

/** Writes `protocol.ts`: all messages and services in one module; left out where two packages export one name. */
export const emitProtocol: Emitter = (model, out) => {
  const own = [...model.messages, ...model.enums].filter((type) => model.packages.includes(type.package));
  const names = [...own.map((type) => type.shapeName), ...model.services.map((service) => service.exportName)];
  if (names.length === 0 || new Set(names).size !== names.length) return;
  const file = out.file("protocol.ts");
  const sources = new Set([...own.map((type) => type.file), ...model.services.map((service) => service.file)]);
  for (const source of [...sources].sort()) {
    file.add({ kind: StructureKind.ExportDeclaration, moduleSpecifier: `./${messageFile(source)}` });
  }
};
