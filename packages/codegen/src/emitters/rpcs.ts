import { StructureKind } from "ts-morph";

import { messageIndex } from "../model/select-packages.ts";
import { docs } from "../print/comments.ts";
import { printLiteral, stringLiteral } from "../print/literal.ts";
import { clientNames } from "./client.ts";
import { type Emitter, exportedConst } from "./emitter.ts";

/** Writes `rpcs.ts`: what a server knows of every rpc, as data, and the descriptors of its messages, as types. */
export const emitRpcs: Emitter = (model, out) => {
  if (model.services.length === 0) return;
  const file = out.file("rpcs.ts");
  for (const name of ["RpcInfo", "RpcSchemas", "rpcs"]) file.names.claim(name);
  const rpcName = file.use("RpcName", "./commands.ts", "type");
  const serviceName = file.use(clientNames(out).serviceName, out.links.client ?? "./client.ts", "type");
  const messages = messageIndex(model);
  const property = (name: string, type: string, doc: string, hasQuestionToken = false) => ({
    name,
    type,
    hasQuestionToken,
    isReadonly: true,
    docs: docs([doc]),
  });
  const rows = model.services.flatMap((service) =>
    service.methods.map((method) => {
      const info = {
        service: service.key,
        method: method.localName,
        typeName: service.typeName,
        path: method.path,
        stream: method.stream !== "unary",
        access: method.access,
        sideEffects: method.sideEffects,
        moduleName: method.module?.name,
        errors: method.errors,
        events: method.events,
      };
      return `  ${stringLiteral(method.rpcName)}: ${printLiteral(info, 2)},\n`;
    }),
  );
  file.add(
    {
      kind: StructureKind.Interface,
      isExported: true,
      name: "RpcInfo",
      docs: docs(["What a server knows of an rpc."]),
      properties: [
        property("service", serviceName, "Name that the client gives the service."),
        property("method", "string", "Name of the method."),
        property("typeName", "string", "The service's full name."),
        property("path", "string", "Path of the rpc in a URL, with its leading slash."),
        property("stream", "boolean", "It answers with a stream."),
        property("access", '"device" | "public"', "Who may call it: a logged-in device, or anybody."),
        property("sideEffects", "boolean", "False for pure reads, which may be repeated."),
        property("moduleName", "string", "Its name in the callback module; absent for an extension.", true),
        property(
          "errors",
          "readonly number[]",
          "Error codes that it can give, in the order in which they are checked.",
        ),
        property("events", "readonly string[]", "Events that it causes, by their proto names."),
      ],
    },
    exportedConst("rpcs", "Every rpc by its name.", `{\n${rows.join("")}}`, `Readonly<Record<${rpcName}, RpcInfo>>`),
    {
      kind: StructureKind.Interface,
      isExported: true,
      name: "RpcSchemas",
      docs: docs(["Descriptors of the request and the response of every rpc."]),
      properties: model.services.flatMap((service) =>
        service.methods.flatMap((method) => {
          const input = messages.get(method.input);
          const output = messages.get(method.output);
          if (!input || !output) return [];
          return [
            {
              name: stringLiteral(method.rpcName),
              isReadonly: true,
              type: `{ readonly input: typeof ${file.schema(input, "type")}; readonly output: typeof ${file.schema(output, "type")} }`,
            },
          ];
        }),
      ),
    },
  );
};
