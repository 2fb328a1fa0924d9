import type { ApiModel } from "../model/api-model.ts";
import type { Diagnostic } from "./diagnostic.ts";
import { type Check, errorAt } from "./diagnostic.ts";

/** Codes of the Connect protocol, and none for success. */
const CONNECT_CODES: ReadonlySet<string> = new Set(
  "canceled unknown invalid_argument deadline_exceeded not_found already_exists permission_denied resource_exhausted failed_precondition aborted out_of_range unimplemented internal unavailable data_loss unauthenticated".split(
    " ",
  ),
);

/** Error codes and events that rpcs and fields name (NK201–NK204, NK401, NK402). */
export const checkCodes: Check = (model) => [
  ...checkMethods(model),
  ...checkViolationCodes(model),
  ...checkTable(model),
  ...checkArms(model),
];

function checkMethods(model: ApiModel): readonly Diagnostic[] {
  const known = new Set(model.errors.map((error) => error.number));
  const arms = new Set(model.events.map((event) => event.name));
  return model.services
    .flatMap((service) => service.methods)
    .flatMap((method) => [
      ...method.errors
        .filter((code) => !known.has(code))
        .map((code) =>
          errorAt(
            method,
            "NK201",
            `${method.rpcName}: ${code} is not an error code of the schema.`,
            "Correct the number, or add a value with `(error)` to the enum of error codes.",
          ),
        ),
      ...method.errors
        .filter((code, index) => method.errors.indexOf(code) !== index)
        .map((code) =>
          errorAt(
            method,
            "NK204",
            `${method.rpcName}: ${code} is listed twice.`,
            "Keep the place where it is checked.",
          ),
        ),
      ...method.events
        .filter((name) => !arms.has(name))
        .map((name) =>
          errorAt(
            method,
            "NK402",
            `${method.rpcName}: ${name} is not an event of the schema.`,
            `Name an arm of the event's oneof${arms.size === 0 ? "" : ` (${[...arms].join(", ")})`}.`,
          ),
        ),
    ]);
}

function checkViolationCodes(model: ApiModel): readonly Diagnostic[] {
  const known = new Set(model.errors.map((error) => error.number));
  return model.messages.flatMap((message) =>
    message.fields.flatMap((field) =>
      field.violationCode === undefined || known.has(field.violationCode)
        ? []
        : [
            errorAt(
              field,
              "NK202",
              `${message.typeName}.${field.name}: ${field.violationCode} is not an error code of the schema.`,
              "Correct `violation_code`, or add the error code.",
            ),
          ],
    ),
  );
}

function checkTable(model: ApiModel): readonly Diagnostic[] {
  return model.errors.flatMap((error) =>
    error.success || CONNECT_CODES.has(error.connect)
      ? []
      : [
          errorAt(
            error,
            "NK203",
            `${error.name}: "${error.connect}" is not a Connect code.`,
            'Set `(error).connect` to one such as "permission_denied".',
          ),
        ],
  );
}

function checkArms(model: ApiModel): readonly Diagnostic[] {
  return model.events.flatMap((event) =>
    event.listener
      ? []
      : [
          errorAt(
            event,
            "NK401",
            `${event.name}: the event has no listener.`,
            "Add `(nimkit.options.v1.listener)` with its name in the module.",
          ),
        ],
  );
}
