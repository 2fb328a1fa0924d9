import { create, type DescMessage, getOption, hasOption, type Message } from "@bufbuild/protobuf";
import { type Path, reflect } from "@bufbuild/protobuf/reflect";
import { createValidator, type Validator, type Violation, violationsToProto } from "@bufbuild/protovalidate";
import { Code, ConnectError, type Interceptor } from "@connectrpc/connect";
import { ErrorCode } from "@nimkit/sdk/protocol/enums";
import { type Descriptors, descriptors } from "./descriptors.ts";
import { wireError } from "./wire-error.ts";

/** Rules whose violation is 405: too long. What is outside a range or a list's size is 414 (behaviour.md A.2). */
const LENGTH_RULES = new Set(["string.max_len", "string.max_bytes", "string.len", "bytes.max_len", "bytes.len"]);

let sharedValidator: Validator | undefined;

/** One validator for all backends: it keeps what it compiled of each message type. */
function validator(): Validator {
  sharedValidator ??= createValidator({ registry: descriptors().registry });
  return sharedValidator;
}

/** A path as clients write it: JSON names, `[0]` for list items. */
function pathOf(path: Path): string | undefined {
  let text = "";
  for (const part of path) {
    if (part.kind === "field") text += text === "" ? part.jsonName : `.${part.jsonName}`;
    else if (part.kind === "oneof") text += text === "" ? part.localName : `.${part.localName}`;
    else if (part.kind === "list_sub") text += `[${part.index}]`;
  }
  return text === "" ? undefined : text;
}

/** The code that the violated field's own option asks for. */
function declaredCode(path: Path, { extension }: Descriptors): number | undefined {
  const field = path.findLast((part) => part.kind === "field");
  const option = extension("nimkit.options.v1.field");
  if (field === undefined || !hasOption(field, option) || option.message === undefined) return undefined;
  const info = reflect(option.message, getOption(field, option) as Message);
  const member = option.message.field.violationCode;
  return member !== undefined && info.isSet(member) ? Number(info.get(member)) : undefined;
}

function codeOf(violation: Violation): number {
  const declared = declaredCode(violation.field, descriptors());
  if (declared !== undefined) return declared;
  if (violation.ruleId === "required") return ErrorCode.MISSING_ARGUMENT;
  return LENGTH_RULES.has(violation.ruleId) ? ErrorCode.PARAMETER_TOO_LONG : ErrorCode.BAD_PARAMETER;
}

/** Checks a message against the rules of the schema; the first violation decides the code. */
function check(type: DescMessage, message: Message): void {
  const result = validator().validate(type, message);
  if (result.kind === "valid") return;
  if (result.kind === "error") {
    throw new ConnectError(`the rules of ${type.typeName} are broken: ${result.error.message}`, Code.Internal);
  }
  const [first] = result.violations;
  const [value, desc] = violationsToProto(result.violations);
  const code = first === undefined ? ErrorCode.BAD_PARAMETER : codeOf(first);
  const field = first === undefined ? undefined : pathOf(first.field);
  throw wireError({ code, field, connect: Code.InvalidArgument, reason: result.error.message }, [{ desc, value }]);
}

async function* checkAll(type: DescMessage, messages: AsyncIterable<Message>): AsyncIterable<Message> {
  for await (const message of messages) {
    check(type, message);
    yield message;
  }
}

/** Refuses requests that break a rule of the schema: `invalid_argument` with protovalidate's violations and a detail. */
export const validateRequests: Interceptor = (next) => async (request) => {
  const type = descriptors().message(request.method.input.typeName);
  if (request.stream) return next({ ...request, message: checkAll(type, request.message) });
  check(type, request.message);
  return next(request);
};

/** Compiles the first rules, which takes 100 ms: a server does it before its first caller waits for it. */
export function warmUpValidation(): void {
  const type = descriptors().message("nim.v1.LoginRequest");
  validator().validate(type, create(type));
}
