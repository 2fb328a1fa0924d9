import type { ApiModel } from "../model/api-model.ts";
import { checkCodes } from "./check-codes.ts";
import { checkFields } from "./check-fields.ts";
import { checkModule } from "./check-module.ts";
import { checkTexts } from "./check-texts.ts";
import type { Diagnostic } from "./diagnostic.ts";

/** Runs every check. */
export function checkModel(model: ApiModel): readonly Diagnostic[] {
  return [checkModule, checkCodes, checkFields, checkTexts].flatMap((check) => check(model));
}
