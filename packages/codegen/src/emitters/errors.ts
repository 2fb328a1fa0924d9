import { StructureKind } from "ts-morph";

import { docs } from "../print/comments.ts";
import { printLiteral, printTable } from "../print/literal.ts";
import { type Emitter, exportedConst } from "./emitter.ts";

const ORIGINS = '"wrapper" | "ios-local" | "android-local" | "server" | "call"';

/** Writes `errors.ts`: the table of error codes and the codes that each method can give. */
export const emitErrors: Emitter = (model, out) => {
  if (model.errors.length === 0) return;
  const file = out.file("errors.ts");
  const method = `${out.prefix}Method`;
  for (const name of ["ErrorInfo", "errorTable", "methodErrors", method, "ErrorsOf"]) file.names.claim(name);
  const table = model.errors.map((error) => {
    const info = {
      name: error.localName,
      origin: error.origin ?? "wrapper",
      connect: error.connect,
      success: error.success,
      en: error.text.en.replaceAll("\n", " "),
      zh: error.text.zh,
    };
    return `  ${error.number < 0 ? `[${error.number}]` : error.number}: ${printLiteral(info, 2)},\n`;
  });
  const methods: Record<string, readonly number[]> = {};
  for (const item of model.services.flatMap((service) => service.methods)) methods[item.rpcName] = item.errors;
  const property = (name: string, type: string, doc: string) => ({ name, type, isReadonly: true, docs: docs([doc]) });
  file.add(
    {
      kind: StructureKind.Interface,
      isExported: true,
      name: "ErrorInfo",
      docs: docs(["What is known about an error code."]),
      properties: [
        property("name", "string", "Name in `ErrorCode`."),
        property("origin", ORIGINS, "Who gives the code."),
        property("connect", "string", "Connect code that carries it, such as `permission_denied`."),
        property("success", "boolean", "True for a number that means success although it looks like an error."),
        property("en", "string", "English text."),
        property("zh", "string", "Chinese text."),
      ],
    },
    exportedConst("errorTable", "Every error code.", `{\n${table.join("")}}`, "Readonly<Record<number, ErrorInfo>>"),
    exportedConst(
      "methodErrors",
      "The codes that each method can give, in the order in which they are checked.",
      `${printTable(methods)} as const`,
    ),
    {
      kind: StructureKind.TypeAlias,
      isExported: true,
      name: method,
      type: "keyof typeof methodErrors",
      docs: docs(["Name of a method, such as `message.sendText`."]),
    },
    {
      kind: StructureKind.TypeAlias,
      isExported: true,
      name: "ErrorsOf",
      typeParameters: [{ name: "M", constraint: method }],
      type: "(typeof methodErrors)[M][number]",
      docs: docs(["The codes that a method can give."]),
    },
  );
};
