import { StructureKind } from "ts-morph";

import type { MethodModel } from "../model/api-model.ts";
import { docs } from "../print/comments.ts";
import { stringLiteral } from "../print/literal.ts";
import type { GeneratedFile, Output } from "../print/output.ts";
import { clientNames } from "./client.ts";
import type { Emitter } from "./emitter.ts";

const DISPATCH_NAMES: Readonly<Record<MethodModel["stream"], string>> = {
  unary: "unary",
  server: "stream",
  client: "clientStream",
  bidi: "bidiStream",
};

/** Writes `bindings.ts`: implementations of all services that hand each rpc, by name, to one dispatcher. */
export const emitBindings: Emitter = (model, out) => {
  if (model.services.length === 0) return;
  const file = out.file("bindings.ts");
  file.names.claim("bindServices");
  const impls = `${out.prefix}ServiceImpls`;
  let dispatch: string;
  if (out.links.dispatch === undefined) {
    file.names.claim(impls);
    file.names.claim("Dispatch");
    addTypes(
      file,
      out,
      impls,
      new Set(model.services.flatMap((service) => service.methods.map((method) => method.stream))),
    );
    dispatch = "Dispatch";
  } else {
    file.use(impls, out.links.client ?? "./client.ts", "type");
    dispatch = file.use("Dispatch", out.links.dispatch, "type");
  }
  const services = model.services.map((service) => {
    const lines = service.methods.map(
      (method) =>
        `    ${method.localName}: (request, context) => dispatch.${DISPATCH_NAMES[method.stream]}(${stringLiteral(method.rpcName)}, request, context),\n`,
    );
    return `  ${service.key}: {\n${lines.join("")}  },\n`;
  });
  file.add({
    kind: StructureKind.Function,
    isExported: true,
    name: "bindServices",
    docs: docs(["Implements every service by handing each rpc, by its name, to the dispatcher."]),
    parameters: [{ name: "dispatch", type: dispatch }],
    returnType: impls,
    statements: [`return {\n${services.join("")}};`],
  });
};

/** Without hand-written types: what a dispatcher must do, and what the bindings are. */
function addTypes(file: GeneratedFile, out: Output, impls: string, kinds: ReadonlySet<MethodModel["stream"]>): void {
  const names = clientNames(out);
  const services = file.use(names.services, "./client.ts", "type");
  const serviceName = file.use(names.serviceName, "./client.ts", "type");
  const impl = file.use("ServiceImpl", "@connectrpc/connect", "type");
  const context = file.use("HandlerContext", "@connectrpc/connect", "type");
  const rpcName = file.use("RpcName", "./commands.ts", "type");
  const schemas = file.use("RpcSchemas", "./rpcs.ts", "type");
  const shape = file.use("MessageShape", "@bufbuild/protobuf", "type");
  const init = file.use("MessageInitShape", "@bufbuild/protobuf", "type");
  const request = `${shape}<${schemas}[K]["input"]>`;
  const response = `${init}<${schemas}[K]["output"]>`;
  const signatures = [
    { kind: "unary", request, returns: `Promise<${response}>`, doc: "Answers a call." },
    { kind: "server", request, returns: `AsyncIterable<${response}>`, doc: "Answers a call with a stream." },
    { kind: "client", request: `AsyncIterable<${request}>`, returns: `Promise<${response}>`, doc: "Answers a stream." },
    {
      kind: "bidi",
      request: `AsyncIterable<${request}>`,
      returns: `AsyncIterable<${response}>`,
      doc: "Answers a stream with a stream.",
    },
  ] as const;
  file.add(
    {
      kind: StructureKind.TypeAlias,
      isExported: true,
      name: impls,
      type: `{ [K in ${serviceName}]: ${impl}<(typeof ${services})[K]> }`,
      docs: docs(["Implementations of all services."]),
    },
    {
      kind: StructureKind.Interface,
      isExported: true,
      name: "Dispatch",
      docs: docs(["Gets every call, whatever its rpc."]),
      methods: signatures
        .filter((item) => kinds.has(item.kind))
        .map((item) => ({
          name: DISPATCH_NAMES[item.kind],
          typeParameters: [{ name: "K", constraint: rpcName }],
          parameters: [
            { name: "rpc", type: "K" },
            { name: "request", type: item.request },
            { name: "context", type: context },
          ],
          returnType: item.returns,
          docs: docs([item.doc]),
        })),
    },
  );
}
