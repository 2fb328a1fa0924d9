import { StructureKind } from "ts-morph";

import type { ServiceModel } from "../model/api-model.ts";
import { messageIndex } from "../model/select-packages.ts";
import { upperCamel } from "../names.ts";
import { docs } from "../print/comments.ts";
import { type Literal, printTable } from "../print/literal.ts";
import { type Emitter, exportedConst } from "./emitter.ts";

/** Writes `overrides.ts`: a typed way to replace the answer of one rpc. */
export const emitOverrides: Emitter = (model, out) => {
  if (model.services.length === 0 || out.links.overrides === undefined) return;
  const file = out.file("overrides.ts");
  for (const name of ["RpcOverrides", "overridePaths"]) file.names.claim(name);
  const messages = messageIndex(model);
  const resolver = file.use("OverrideResolver", out.links.overrides, "type");
  const options = file.use("OverrideOptions", out.links.overrides, "type");
  const names = new Map(
    model.services.map((service) => [service.typeName, file.names.claim(`${upperCamel(service.key)}Overrides`)]),
  );
  const interfaceName = (service: ServiceModel): string => names.get(service.typeName) ?? service.key;
  const paths: Record<string, Literal> = {};
  for (const service of model.services)
    paths[service.key] = Object.fromEntries(service.methods.map((method) => [method.localName, method.path]));
  for (const service of model.services) {
    file.add({
      kind: StructureKind.Interface,
      isExported: true,
      name: interfaceName(service),
      docs: docs([service.text.en]),
      methods: service.methods.flatMap((method) => {
        const input = messages.get(method.input);
        const output = messages.get(method.output);
        if (!input || !output) return [];
        return [
          {
            name: method.localName,
            parameters: [
              { name: "resolver", type: `${resolver}<${file.shape(input)}, typeof ${file.schema(output, "type")}>` },
              { name: "options", type: options, hasQuestionToken: true },
            ],
            returnType: "() => void",
          },
        ];
      }),
    });
  }
  file.add(
    {
      kind: StructureKind.Interface,
      isExported: true,
      name: "RpcOverrides",
      docs: docs(["Replaces the answer of an rpc; the function that a call gives takes the override away again."]),
      properties: model.services.map((service) => ({
        name: service.key,
        isReadonly: true,
        type: interfaceName(service),
      })),
    },
    exportedConst("overridePaths", "Path of every rpc, by service and method.", `${printTable(paths)} as const`),
  );
};
