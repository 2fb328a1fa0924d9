import { type MethodSignatureStructure, type OptionalKind, StructureKind } from "ts-morph";

import type { ApiModel, MessageModel, MethodModel } from "../model/api-model.ts";
import { messageIndex } from "../model/select-packages.ts";
import { lowerCamel, upperCamel } from "../names.ts";
import { deprecation, docs } from "../print/comments.ts";
import { printTable } from "../print/literal.ts";
import type { GeneratedFile, Output } from "../print/output.ts";
import { type Emitter, exportedConst } from "./emitter.ts";

/** Writes `client.ts`: the services by name, an interface for each, and the fields that hold the client's ids. */
export const emitClient: Emitter = (model, out) => {
  if (model.services.length === 0) return;
  const file = out.file("client.ts");
  const { services, serviceName, api, createClient } = clientNames(out);
  for (const name of [services, serviceName, api, createClient, "clientIdFields"]) file.names.claim(name);
  const interfaces = new Map(
    model.services.map((service) => [service.typeName, file.names.claim(interfaceName(service.key, api))]),
  );
  const messages = messageIndex(model);

  const entries = model.services.map((service) => `  ${service.key}: ${file.service(service, "value")},\n`);
  file.add(
    exportedConst(
      services,
      "All services, by the name that the client gives them.",
      `{\n${entries.join("")}} as const`,
    ),
    {
      kind: StructureKind.TypeAlias,
      isExported: true,
      name: serviceName,
      type: `keyof typeof ${services}`,
      docs: docs(["Name of a service, as in `client.<name>.<method>()`."]),
    },
  );
  for (const service of model.services) {
    file.add({
      kind: StructureKind.Interface,
      isExported: true,
      name: interfaces.get(service.typeName) ?? service.key,
      docs: docs([service.text.en], deprecation(service)),
      methods: service.methods.map((method) => signature(method, model, messages, file, out)),
    });
  }
  file.add({
    kind: StructureKind.Interface,
    isExported: true,
    name: api,
    docs: docs(["Everything that can be called, service by service."]),
    properties: model.services.map((service) => ({
      name: service.key,
      type: interfaces.get(service.typeName) ?? service.key,
      isReadonly: true,
      docs: docs([service.text.en], deprecation(service)),
    })),
  });
  file.add(
    exportedConst(
      "clientIdFields",
      "For methods that can be repeated safely: the request's field that holds the id made by the client.",
      printTable(clientIds(model, messages)),
      "Readonly<Record<string, string>>",
    ),
  );
  if (!out.links.callOptions) addFactory(model, file, out);
};

function interfaceName(key: string, api: string): string {
  const name = `${upperCamel(key)}Api`;
  return name === api ? `${upperCamel(key)}ServiceApi` : name;
}

/** Names that `client.ts` exports. */
export function clientNames(out: Output): { services: string; serviceName: string; api: string; createClient: string } {
  return {
    services: `${lowerCamel(out.prefix)}Services`,
    serviceName: `${out.prefix}ServiceName`,
    api: `${out.prefix}Api`,
    createClient: `create${out.prefix}Client`,
  };
}

function signature(
  method: MethodModel,
  model: ApiModel,
  messages: ReadonlyMap<string, MessageModel>,
  file: GeneratedFile,
  out: Output,
): OptionalKind<MethodSignatureStructure> {
  const input = messages.get(method.input);
  const output = messages.get(method.output);
  if (!input || !output) throw new Error(`${method.path}: the model lacks the type of its request or response`);
  const init = `${file.use("MessageInitShape", "@bufbuild/protobuf", "type")}<typeof ${file.schema(input, "type")}>`;
  const clientStreams = method.stream === "client" || method.stream === "bidi";
  const serverStreams = method.stream === "server" || method.stream === "bidi";
  const options = out.links.callOptions ?? { name: "CallOptions", from: "@connectrpc/connect" };
  const errors = method.errors.map(
    (code) => `${code} (${model.errors.find((error) => error.number === code)?.localName ?? "unknown"})`,
  );
  return {
    name: method.localName,
    parameters: [
      { name: "request", type: clientStreams ? `AsyncIterable<${init}>` : init },
      { name: "options", type: file.use(options.name, options.from, "type"), hasQuestionToken: true },
    ],
    returnType: `${serverStreams ? "AsyncIterable" : "Promise"}<${file.shape(output)}>`,
    docs: docs(
      [method.text.en],
      [
        ...(errors.length === 0
          ? []
          : [{ name: "throws", text: `an error with one of the codes ${errors.join(", ")}` }]),
        ...deprecation(method),
      ],
    ),
  };
}

function clientIds(model: ApiModel, messages: ReadonlyMap<string, MessageModel>): Readonly<Record<string, string>> {
  const fields: Record<string, string> = {};
  for (const method of model.services.flatMap((service) => service.methods)) {
    const field = messages.get(method.input)?.fields.find((candidate) => candidate.clientId);
    if (field) fields[method.rpcName] = field.localName;
  }
  return fields;
}

/** Without a hand-written runtime, Connect's clients implement the interfaces as they are. */
function addFactory(model: ApiModel, file: GeneratedFile, out: Output): void {
  const names = clientNames(out);
  const create = file.use("createClient", "@connectrpc/connect", "value");
  const transport = file.use("Transport", "@connectrpc/connect", "type");
  const lines = model.services.map(
    (service) => `  ${service.key}: ${create}(${file.service(service, "value")}, transport),`,
  );
  file.add({
    kind: StructureKind.Function,
    isExported: true,
    name: names.createClient,
    docs: docs(["Creates clients of all services over one transport."]),
    parameters: [{ name: "transport", type: transport }],
    returnType: names.api,
    statements: [`return {\n${lines.join("\n")}\n};`],
  });
}
