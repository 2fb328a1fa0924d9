import { NimError } from "../client/nim-error.ts";
import { errorTable } from "../gen/errors.ts";
import type { NimModuleError } from "../gen/module-types.ts";
import { ErrorCode } from "../gen/nim/v1/error_pb.ts";
import type { Rpc } from "./entries.ts";
import { fieldShapes } from "./field-shapes.ts";
import type { ModulePlatform } from "./platform.ts";
import { ShapeError } from "./shape-error.ts";

/** Language of error texts. */
export type NimLanguage = "zh" | "en";

/** An answer that the module reports as error -1 although the call succeeded: an empty list. */
export class EmptyResultError extends Error {
  override readonly name = "EmptyResultError";
}

const EMPTY: Readonly<Record<NimLanguage, string>> = { zh: "没有数据", en: "There is nothing." };

/** Why a value does not fit, in Chinese; the English words come with the error. */
function misfit(error: ShapeError, language: NimLanguage): string {
  if (language === "en") return error.message;
  return error.outOfRange ? `参数 ${error.path} 超出范围` : `参数 ${error.path} 的类型不正确`;
}

/** The module's spelling of an argument that the server named by its proto or JSON path. */
function spell(path: string, rpc: Rpc, platform: ModulePlatform): string {
  const [head = path] = path.split(/[.[]/, 1);
  const shape = fieldShapes(rpc.method.input, platform).find(
    ({ field }) => field.jsonName === head || field.name === head,
  );
  return shape === undefined ? path : shape.name + path.slice(head.length);
}

/** What the callback gets as its second argument. */
export function toModuleError(
  reason: unknown,
  rpc: Rpc,
  platform: ModulePlatform,
  language: NimLanguage,
): NimModuleError {
  if (reason instanceof ShapeError) {
    const code = reason.outOfRange ? ErrorCode.BAD_PARAMETER : ErrorCode.MISSING_ARGUMENT;
    return { errorCode: code, errorMessage: misfit(reason, language) };
  }
  if (reason instanceof EmptyResultError) {
    return { errorCode: ErrorCode.MISSING_ARGUMENT, errorMessage: EMPTY[language] };
  }
  const error = NimError.from(reason, rpc.name);
  const text = error.text(language) || errorTable[error.code]?.[language] || error.message;
  const field = error.field === undefined ? undefined : spell(error.field, rpc, platform);
  const names = field === undefined || text.includes(field) ? text : `${text} (${field})`;
  return { errorCode: error.code, errorMessage: names };
}
