import type { ApiModel, MethodModel } from "../model/api-model.ts";
import { moduleEntries, moduleView } from "../model/module-view.ts";
import { messageIndex } from "../model/select-packages.ts";
import type { Diagnostic } from "./diagnostic.ts";
import { type Check, errorAt } from "./diagnostic.ts";

/** Names, versions and kinds of the callback module's entries (NK101–NK105). */
export const checkModule: Check = (model) => [
  ...checkEntries(model),
  ...checkSpellings(model),
  ...checkKinds(model),
  ...checkShapes(model),
];

function checkEntries(model: ApiModel): readonly Diagnostic[] {
  const seen = new Map<string, string>();
  return moduleEntries(model).flatMap((entry) => {
    const found: Diagnostic[] = [];
    const other = seen.get(entry.name);
    if (other !== undefined) {
      found.push(
        errorAt(
          entry,
          "NK101",
          `${entry.target}: the module already has an entry ${entry.name}, ${other}.`,
          "Give one of them another name.",
        ),
      );
    }
    seen.set(entry.name, entry.target);
    if (entry.since === "") {
      found.push(
        errorAt(
          entry,
          "NK103",
          `${entry.target}: the version that first had ${entry.name} is missing.`,
          'Add `since: "1.0.0"` or the version that applies.',
        ),
      );
    }
    return found;
  });
}

function checkSpellings(model: ApiModel): readonly Diagnostic[] {
  const messages = messageIndex(model);
  return model.messages.flatMap((message) => {
    if (message.wellKnown || message.typeName === model.eventMessage) return [];
    const seen = new Map<string, string>();
    return moduleView(message, messages).flatMap(({ name, field }) =>
      [name, ...field.module.aliases].flatMap((spelling) => {
        const other = seen.get(spelling);
        seen.set(spelling, field.name);
        if (other === undefined) return [];
        return [
          errorAt(
            field,
            "NK102",
            `${message.typeName}.${field.name}: the module would show two fields as ${spelling}, the other is ${other}.`,
            "Change `(field).name` or `aliases`, or mark one field as an extension.",
          ),
        ];
      }),
    );
  });
}

function checkKinds(model: ApiModel): readonly Diagnostic[] {
  return model.services
    .flatMap((service) => service.methods)
    .flatMap((method) => {
      const problem = kindProblem(method);
      return problem === undefined
        ? []
        : [
            errorAt(
              method,
              "NK104",
              `${method.rpcName}: ${problem}.`,
              "Change `kind` of the option or `stream` of the rpc.",
            ),
          ];
    });
}

function kindProblem({ module, stream }: MethodModel): string | undefined {
  if (!module) return undefined;
  if (module.kind === "progress")
    return stream === "server" ? undefined : "an entry that calls back several times must return a stream";
  return stream === "unary" ? undefined : `a ${module.kind} entry must not stream`;
}

function checkShapes(model: ApiModel): readonly Diagnostic[] {
  return model.messages.flatMap((message) =>
    message.fields.flatMap((field) => {
      const { inline, listOfOne } = field.module;
      if ((!inline && !listOfOne) || (field.type.kind === "message" && !field.repeated)) return [];
      return [
        errorAt(
          field,
          "NK105",
          `${message.typeName}.${field.name}: ${inline ? "inline" : "list_of_one"} is for a single message.`,
          "Remove the option or change the type.",
        ),
      ];
    }),
  );
}
